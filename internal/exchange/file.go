package exchange

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// File is an attached file that travels with its incident.
type File struct {
	Hash string // SHA-256 of Data, hexadecimal: what its record names
	Data []byte
}

// fileForm is a file in the file. Its hash stands in a record, which the chain proves.
type fileForm struct {
	SHA256 string `json:"sha256"`
	Base64 string `json:"base64"`
}

// writeFiles writes what stands behind the seal.
func writeFiles(w io.Writer, files []File) error {
	if len(files) == 0 {
		return nil
	}
	out := bufio.NewWriterSize(w, 64<<10) // keeps its first error
	out.WriteString(",\"files\":[")
	for i, f := range files {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(out, "\n{\"sha256\":%q,\"base64\":\"", f.Hash)
		text := base64.NewEncoder(base64.StdEncoding, out)
		if _, err := text.Write(f.Data); err != nil {
			return err
		}
		if err := text.Close(); err != nil {
			return err
		}
		out.WriteString("\"}")
	}
	out.WriteString("\n]")
	return out.Flush()
}

// files reads what stands behind the seal. A file whose bytes are not those of its hash
// is refused.
func (f *file) files() error {
	if err := f.open('[', "the list of files"); err != nil {
		return err
	}
	f.out.Files = nil
	for f.dec.More() {
		var form fileForm
		where := fmt.Sprintf("file %d", len(f.out.Files)+1)
		if err := f.dec.Decode(&form); err != nil {
			return damaged(err, where)
		}
		data, err := base64.StdEncoding.DecodeString(form.Base64)
		if err != nil {
			return fault.New(fault.Invalid, "the bytes of an attached file cannot be read (%s)", where).WithHint("nothing was imported; " + anew).WithCause(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != form.SHA256 {
			return fault.New(fault.Refused, "an attached file in it has been changed: %s, %.64s", where, form.SHA256).WithHint("nothing was imported; " + anew)
		}
		f.out.Files = append(f.out.Files, File{form.SHA256, data})
	}
	if _, err := f.dec.Token(); err != nil { // the closing bracket
		return damaged(err, "")
	}
	return nil
}

// Attached are the files that records name and whose words are still there, each once, in
// the order of the records.
func Attached(recs []incident.Record) []*incident.FileAttached {
	var out []*incident.FileAttached
	seen := map[string]bool{}
	for i := range recs {
		if f, ok := recs[i].Event().(*incident.FileAttached); ok && recs[i].Body != nil && f.Hash != "" && !seen[f.Hash] {
			seen[f.Hash] = true
			out = append(out, f)
		}
	}
	return out
}

// Lacks are the names of files that records name and the bundle does not hold; what it
// holds and no record names is dropped from it.
func (b *Bundle) Lacks() []string {
	have := map[string]File{}
	for _, f := range b.Files {
		have[f.Hash] = f
	}
	b.Files = nil
	var lacks []string
	for _, a := range Attached(b.Records) {
		if f, ok := have[a.Hash]; ok {
			b.Files = append(b.Files, f)
			continue
		}
		lacks = append(lacks, a.Name)
	}
	return lacks
}
