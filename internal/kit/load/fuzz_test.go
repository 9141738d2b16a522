package load

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"quarterdeck/internal/kit"
)

// least is the smallest kit that loads, so that a run is quick.
var least = map[string]string{
	"audiences.yaml":          "- {id: support, name: Support}\n",
	"checklists/declare.yaml": "id: declare\nname: Declare\nphase: declare\nmode: read-do\nitems:\n  - {id: a, text: A, proof: title}\n",
	"kit.yaml":                "name: least\n",
	"roles.yaml":              "- {id: commander, name: C, short: C}\n- {id: operations, name: O, short: O, aliases: [ops]}\n",
	"severities.yaml":         "- {id: SEV1, name: a, meaning: A, exit: [{id: a, text: A}]}\n- {id: SEV2, name: b, meaning: B, exit: [{id: a, text: A}]}\n",
	"templates.yaml":          "- audience: support\n  moment: first\n  text: >-\n    We know.\n    Next {next}.\n",
	"types.yaml":              "- {id: service, name: S}\n- {id: security, name: P, private: true}\n",
}

// FuzzLoad puts foreign bytes in the place of one file of a kit.
func FuzzLoad(f *testing.F) {
	files := fstest.MapFS{}
	for name, text := range least {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	names := slices.Sorted(maps.Keys(least))
	whole := folder(f)
	for i, name := range names {
		f.Add(uint8(i), []byte(least[name]))
		f.Add(uint8(i), whole[name].Data)
	}
	f.Add(uint8(2), []byte("\uFEFFname: \"a\\x07\"\r\n---\r\n"))
	f.Add(uint8(6), []byte("- &a {<<: *a, id: !!str service, ? name : |\n  x}\n"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := names[int(which)%len(names)]
		in := fstest.MapFS{}
		for n, file := range files {
			in[n] = file
		}
		in[name] = &fstest.MapFile{Data: data}
		k, problems, err := Load(in)
		if err != nil {
			t.Fatalf("bytes are a problem, not an error: %v", err)
		}
		if (k == nil) == (len(problems) == 0) {
			t.Fatalf("kit %v and %d problems", k, len(problems))
		}
		for _, p := range problems {
			file, line, _ := strings.Cut(p.Where, ":")
			if files[file] == nil || strings.Trim(line, "0123456789") != "" || p.Message == "" || p.Hint == "" {
				t.Errorf("half a problem: %q", p)
			}
		}
		if k == nil {
			return
		}
		if left := k.Check(); len(left) > 0 {
			t.Errorf("a kit was given that has problems: %v", left)
		}
		encoded, hash, err := k.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := kit.Decode(encoded)
		if err != nil {
			t.Fatal(err)
		}
		if _, again, err := back.Encode(); err != nil || again != hash {
			t.Errorf("hash %s became %s (%v)", hash, again, err)
		}
	})
}
