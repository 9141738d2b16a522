package story

import (
	"embed"
	"path"
	"strings"

	"quarterdeck/internal/fault"
)

//go:embed stories/*.story
var stories embed.FS

// Named reads a story that comes with the package, such as "gitlab-2017". The fault
// NotFound names those that there are.
func Named(name string) (*Script, error) {
	file := path.Join("stories", name+".story")
	text, err := stories.ReadFile(file)
	if err != nil {
		return nil, fault.New(fault.NotFound, "there is no story %q", name).WithHint("one of %s", strings.Join(Names(), ", ")).WithCause(err)
	}
	return Parse(path.Base(file), string(text))
}

// Names are the stories that come with the package, sorted.
func Names() []string {
	var out []string
	entries, err := stories.ReadDir("stories")
	if err != nil { // only if the folder were not embedded, which would not build
		return nil
	}
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".story"))
	}
	return out
}
