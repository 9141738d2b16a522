package compose

import (
	"encoding/base64"
	"html/template"

	"quarterdeck/internal/incident"
)

// files are the attached files of a page, with their bytes where they are to be had. Only
// pictures are shown in place; everything else is there to be saved.
func (w writer) files(show func(*incident.FileAttached) Shown) []file {
	if show == nil {
		return nil
	}
	var out []file
	standing(w, func(e *incident.Entry, v *incident.FileAttached) {
		if e.Redacted != "" || e.Body == nil {
			return
		}
		f := file{Name: v.Name, Type: incident.Size(v.Size), When: about(full(e.At), v.Approx), Words: v.Text}
		s := show(v)
		switch {
		case s.Lost != "":
			f.Lost = s.Lost
		case s.Picture != "":
			f.Picture, f.Link = true, link(s.Picture, s.Data)
		default:
			f.Link = link("application/octet-stream", s.Data)
		}
		out = append(out, f)
	})
	return out
}

// link is bytes as an address. The media type is ours and never a record's, and base64
// has no character that means anything in an attribute.
func link(kind string, data []byte) template.URL {
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data))
}
