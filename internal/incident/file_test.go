package incident_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

const someHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func TestFilesAreNamedHarmlessly(t *testing.T) {
	for give, want := range map[string]string{
		"shot.png":                         "shot.png",
		"../../etc/passwd":                 "passwd",
		`C:\Users\ana\shot.png`:            "shot.png",
		"a\nb\u202egnp.exe":                "a bgnp.exe",
		"..":                               "file",
		"":                                 "file",
		"\x00\x07":                         "file",
		"/":                                "file",
		".bashrc":                          "bashrc",
		"what? <b>.html":                   "what_ _b_.html",
		strings.Repeat("ü", 300) + ".jpeg": strings.Repeat("ü", 115) + ".jpeg",
		"x." + strings.Repeat("e", 300):    "x." + strings.Repeat("e", 118),
		"zero\u200bwidth.txt":              "zero_width.txt",
		"a/b/":                             "b",
	} {
		if got := incident.FileName(give); got != want {
			t.Errorf("%q is kept as %q, not %q", give, got, want)
		}
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	good := incident.AttachFile{Name: "a", Size: 1, Hash: someHash}
	for name, spoil := range map[string]func(*incident.AttachFile){
		"no hash":        func(d *incident.AttachFile) { d.Hash = "" },
		"another hash":   func(d *incident.AttachFile) { d.Hash = "../../etc/passwd" },
		"upper case":     func(d *incident.AttachFile) { d.Hash = strings.ToUpper(someHash) },
		"nothing in it":  func(d *incident.AttachFile) { d.Size = 0 },
		"less than none": func(d *incident.AttachFile) { d.Size = -1 },
		"too large":      func(d *incident.AttachFile) { d.Size = incident.MaxFile + 1 },
		"too many words": func(d *incident.AttachFile) { d.Text = strings.Repeat("x", incident.MaxText+1) },
	} {
		d := good
		spoil(&d)
		s := incident.NewState(incident.ID{1})
		s.Phase = incident.PhaseDeclare
		if _, err := incident.Decide(s, nil, &d, incident.Now{Wall: 1_800_000_000_000}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARefusalSaysHowLargeAFileMayBe(t *testing.T) {
	f := fault.Of(incident.TooLarge(40 << 20))
	if f.Code != fault.Invalid || !strings.Contains(f.Message, "40 MiB") || !strings.Contains(f.Message, "32 MiB") || f.Hint == "" {
		t.Errorf("%+v", f)
	}
}
