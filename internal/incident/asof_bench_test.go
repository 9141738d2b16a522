package incident_test

import (
	"fmt"
	"testing"

	"quarterdeck/internal/incident"
)

// BenchmarkAsItWas is one step of the look into the past of an incident of 5,000 records.
func BenchmarkAsItWas(b *testing.B) {
	id, writer := number(0x1c), number(0x01)
	var recs []incident.Record
	for i := range 5000 {
		kind, v, body, err := incident.Encode(&incident.NoteAdded{Text: fmt.Sprintf("note %d: the error rate is falling", i)})
		if err != nil {
			b.Fatal(err)
		}
		at := noon + int64(i)*second
		recs = append(recs, incident.Record{ID: number(uint64(0x1000 + i)), Incident: id, Writer: writer, N: int64(i + 1), HLC: at << 16, At: at, RecordedAt: at, Kind: kind, V: v, Body: body})
	}
	for b.Loop() {
		known := incident.KnownAt(recs, noon+2500*second)
		incident.Fold(id, known)
		t := incident.NewTimeline()
		t.Add(known...)
		if len(t.Entries()) != 2501 {
			b.Fatal("another number of entries")
		}
	}
}
