package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// publish chooses a folder for the brief of a seat.
func (s *seat) publish() string {
	s.t.Helper()
	folder := s.t.TempDir()
	set, err := workspace.ReadSettings(s.dir)
	s.must(err)
	set.Brief = folder
	s.must(workspace.WriteSettings(s.dir, set))
	s.pass(time.Second) // the settings are seen
	return folder
}

func (s *seat) read(path string) string {
	s.t.Helper()
	data, err := os.ReadFile(path)
	s.must(err)
	return string(data)
}

func TestTheBriefFollowsTheLog(t *testing.T) {
	s := sit(t)
	folder := s.publish()
	id := s.declare("Checkout <b>fails</b>")
	secret, err := s.API.Declare(app.DeclareInput{Title: "A key was stolen", Severity: "SEV1", Security: true})
	s.must(err)
	s.pass(10 * time.Second)
	index := s.read(filepath.Join(folder, "index.html"))
	page := filepath.Join(folder, "INC-1.html")
	if !strings.Contains(index, `<a href="INC-1.html">INC-1 Checkout &lt;b&gt;fails&lt;/b&gt;</a>`) || !strings.Contains(index, "SEV2") || strings.Contains(index, "stolen") {
		t.Errorf("%s", index)
	}
	if info, err := os.Stat(page); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v %v", info, err)
	}
	t.Setenv("QUARTERDECK_SECRET_SLACK", "hush-hush-token")
	s.pass(5 * time.Minute) // secrets are learnt
	s.log(id, "the token hush-hush-token was pasted")
	s.pass(10 * time.Second)
	if text := s.read(page); !strings.Contains(text, "the token *** was pasted") || strings.Contains(text, "hush-hush") || !strings.Contains(text, `http-equiv="refresh"`) {
		t.Errorf("%s", text)
	}
	for _, text := range []string{s.read(page), index} {
		if i := strings.Index(text, "://"); i >= 0 || strings.Contains(text, "<script") {
			t.Errorf("remote content: %s", text[max(0, i-40):i+40])
		}
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) != 2 {
		t.Errorf("of %s too: %q %v", secret.Live.ID, left, err)
	}
}

func TestABriefThatCannotBeWritten(t *testing.T) {
	s := sit(t)
	folder := s.publish()
	s.declare("Checkout fails")
	s.must(os.RemoveAll(folder))
	s.pass(10 * time.Second)
	said := func() bool {
		for _, f := range s.station().Faults {
			if strings.Contains(f.Message, folder) && f.Hint != "" {
				return true
			}
		}
		return false
	}
	if !said() {
		t.Errorf("%+v", s.station().Faults)
	}
	s.must(os.Mkdir(folder, 0o755))
	s.pass(10 * time.Second)
	if said() || !strings.Contains(s.read(filepath.Join(folder, "INC-1.html")), "Checkout fails") {
		t.Errorf("%+v", s.station().Faults)
	}
}

func TestAFolderForTheBrief(t *testing.T) {
	dir := t.TempDir()
	if err := app.UsableBrief(dir, "public/brief"); err != nil {
		t.Error(err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := app.UsableBrief(dir, file); !fault.Is(err, fault.Invalid) || fault.Of(err).Field != "brief" || fault.Of(err).Hint == "" {
		t.Errorf("%v", err)
	}
}
