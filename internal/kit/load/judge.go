package load

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// judging is the file in which people's comparisons stand.
const judging = "assessment.yaml"

// PutJudge writes one person's comparisons of the questions into a kit's folder, in place
// of those under the same name and of those named in drop. The rest of the file stays as it
// is, comments too. Nothing is written unless the kit is in order afterwards: comparisons
// that contradict each other are refused, with the pair that does so most.
func PutJudge(dir string, j kit.Judge, drop ...string) error {
	before, problems, err := Folder(dir)
	if err == nil && len(problems) > 0 {
		err = fault.New(fault.Conflict, "the kit in %s has a mistake: %s: %s", dir, problems[0].Where, problems[0].Message).WithHint("%s; then try again", problems[0].Hint)
	}
	if err != nil {
		return err
	}
	judges := slices.DeleteFunc(slices.Clone(before.Assessment.Judges), func(o kit.Judge) bool {
		return o.Name == j.Name || slices.Contains(drop, o.Name)
	})
	judges = append(judges, j)
	path := filepath.Join(dir, judging)
	old, err := os.ReadFile(path)
	if err != nil {
		return unwritable(dir, err)
	}
	text := withJudges(string(old), judges)
	after, problems, err := Load(laid{os.DirFS(dir), []byte(text)})
	switch {
	case err != nil:
		return err
	case len(problems) > 0:
		return fault.Input("pairs", "%s", problems[0].Message).WithHint("%s; nothing was written", problems[0].Hint)
	case !slices.EqualFunc(after.Assessment.Judges, judges, func(a, b kit.Judge) bool { return a.Name == b.Name && slices.Equal(a.Pairs, b.Pairs) }):
		return fault.New(fault.Conflict, "%s is laid out in a way that cannot be changed from here", path).WithHint("write the comparisons into it by hand; qd kit weigh shows what they come to")
	}
	return replace(path, []byte(text))
}

// withJudges is a file with other comparisons in it. What stands from the key on to the next
// one that is not indented goes; comments right before that one stay.
func withJudges(text string, judges []kit.Judge) string {
	lines := strings.SplitAfter(text, "\n")
	from := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "judges:") })
	to := len(lines)
	if from < 0 {
		from = len(lines)
	} else {
		for to = from + 1; to < len(lines); to++ {
			if l := strings.TrimRight(lines[to], "\r\n"); l != "" && !strings.HasPrefix(l, " ") && !strings.HasPrefix(l, "-") && !strings.HasPrefix(l, "#") {
				break
			}
		}
		for to > from+1 && (strings.HasPrefix(lines[to-1], "#") || strings.TrimSpace(lines[to-1]) == "") {
			to--
		}
	}
	var b strings.Builder
	for _, l := range lines[:from] {
		b.WriteString(l)
	}
	if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
		b.WriteString("\n")
	}
	b.WriteString("judges:\n")
	for _, j := range judges {
		fmt.Fprintf(&b, "  - name: %s\n    pairs:\n", strconv.Quote(j.Name))
		for _, p := range j.Pairs {
			fmt.Fprintf(&b, "      - {more: %s, than: %s, by: %d}\n", p.More, p.Than, p.By)
		}
	}
	for _, l := range lines[to:] {
		b.WriteString(l)
	}
	return b.String()
}

// replace writes a file whole, beside the old one, and puts it in its place.
func replace(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".assessment-*")
	if err != nil {
		return unwritable(dir, err)
	}
	defer os.Remove(f.Name()) // gone already when all went well
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return unwritable(dir, err)
	}
	return nil
}

// laid is a folder in which the file of comparisons is another one.
type laid struct {
	fs.FS
	data []byte
}

// Open implements fs.FS.
func (l laid) Open(name string) (fs.File, error) {
	if name != judging {
		return l.FS.Open(name)
	}
	return &sheet{Reader: bytes.NewReader(l.data), size: int64(len(l.data))}, nil
}

// sheet is a file that stands in memory only.
type sheet struct {
	io.Reader
	size int64
}

func (s *sheet) Stat() (fs.FileInfo, error) { return s, nil }
func (s *sheet) Close() error               { return nil }
func (s *sheet) Name() string               { return judging }
func (s *sheet) Size() int64                { return s.size }
func (s *sheet) Mode() fs.FileMode          { return 0o644 }
func (s *sheet) ModTime() time.Time         { return time.Time{} }
func (s *sheet) IsDir() bool                { return false }
func (s *sheet) Sys() any                   { return nil }
