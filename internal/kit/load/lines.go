package load

import "strings"

// lines says in which file and line a path of the kit stands.
type lines map[string]string

// merge takes over what another part found.
func (l lines) merge(part lines) {
	for path, where := range part {
		l[path] = where
	}
}

// nest takes over a part whose paths start at prefix.
func (l lines) nest(prefix string, part lines) {
	for path, where := range part {
		switch {
		case path == "":
			l[prefix] = where
		case path[0] == '[':
			l[prefix+path] = where
		default:
			l[prefix+"."+path] = where
		}
	}
}

// find gives file:line of a path. What is left out in the file has no line of its
// own: then it is that of what it would stand in.
func (l lines) find(path string) string {
	for p := path; ; {
		if where, ok := l[p]; ok {
			return where
		}
		i := strings.LastIndexAny(p, ".[")
		if i < 0 {
			break
		}
		p = p[:i]
	}
	if where, ok := l[""]; ok {
		return where
	}
	return path
}
