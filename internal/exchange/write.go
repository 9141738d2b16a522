package exchange

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"quarterdeck/internal/incident"
)

// head is the file up to its records.
type head struct {
	Format     string      `json:"format"`
	Version    int         `json:"version"`
	ExportedAt int64       `json:"exported_at"`
	Incident   incident.ID `json:"incident"`
	Ref        string      `json:"ref"`
	Kit        *kitForm    `json:"kit,omitempty"`
}

// Write writes a bundle, one record a line, in fold order, the seal, and the attached
// files: the same records make the same file everywhere. An error is the writer's.
func Write(w io.Writer, b Bundle) error {
	sum := sha256.New()
	if err := write(io.MultiWriter(w, sum), b, Version); err != nil {
		return err
	}
	end, err := json.Marshal(sealForm{len(b.Records), sum.Sum(nil)})
	if err == nil {
		_, err = fmt.Fprintf(w, ",\"seal\":%s", end)
	}
	if err == nil {
		err = writeFiles(w, b.Files)
	}
	if err == nil {
		_, err = io.WriteString(w, "}\n")
	}
	if err != nil {
		return fmt.Errorf("exchange: write %s: %w", b.Ref, err)
	}
	return nil
}

// write writes what stands before the seal.
func write(w io.Writer, b Bundle, version int) error {
	h := head{Format: Format, Version: version, ExportedAt: b.ExportedAt, Incident: b.Incident, Ref: b.Ref}
	if b.Kit != nil {
		h.Kit = &kitForm{Hash: hashOf(b.Kit), JSON: string(b.Kit)}
	}
	out := bufio.NewWriter(w)
	top, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("exchange: encode head of %s: %w", b.Ref, err)
	}
	// A bufio.Writer keeps its first error; Flush reports it.
	out.Write(top[:len(top)-1])
	out.WriteString(",\"records\":[")
	sorted := slices.Clone(b.Records)
	slices.SortStableFunc(sorted, func(a, b incident.Record) int { return a.Pos().Compare(b.Pos()) })
	for i := range sorted {
		data, err := json.Marshal(formOf(&sorted[i]))
		if err != nil {
			return fmt.Errorf("exchange: encode record %s: %w", sorted[i].ID, err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(data)
	}
	out.WriteString("\n]")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("exchange: write %s: %w", b.Ref, err)
	}
	return nil
}
