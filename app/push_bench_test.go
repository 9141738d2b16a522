package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// BenchmarkHome asks what the first page asks at each push, with 10,000 incidents in the
// log of which 150 ended this month, while somebody writes in one that is open: after every
// record, and the first time. A unit that ends in <= and a number names its limit.
func BenchmarkHome(b *testing.B) {
	dir := b.TempDir()
	st, err := store.Open(b.Context(), dir)
	ok(b, err)
	me := fresh(b)
	now := clock.Milli(start)
	const many, recent = 10_000, 150
	for i := range many {
		at := now - int64(many-i)*24*3600_000
		if i >= many-recent {
			at = now - int64(2+i%25)*24*3600_000
		}
		writeOver(b, st, fmt.Sprint("INC-", i+1), me, at, 4)
	}
	ok(b, st.Close())
	api := attend(b, dir)
	n, err := api.Declare(app.DeclareInput{Title: "mail is late", Severity: "SEV3"})
	ok(b, err)
	id := n.Live.ID
	ask := func() {
		_, err := api.Unfinished()
		ok(b, err)
		_, err = api.Blanks()
		ok(b, err)
	}
	begun := time.Now()
	ask()
	first := time.Since(begun)
	var took []time.Duration
	for i := range 20 {
		ok(b, api.SetSituation(app.TextInput{Incident: id, Subject: "goal", Text: fmt.Sprint("drain ", i)}))
		begun := time.Now()
		ask()
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
	b.ReportMetric(float64(took[10].Microseconds())/1000, "p50-ms<=5")
}

// BenchmarkRetro asks for the retrospective of 5,000 records after each record, as its page does.
func BenchmarkRetro(b *testing.B) {
	dir := b.TempDir()
	st, err := store.Open(b.Context(), dir)
	ok(b, err)
	writeOver(b, st, "INC-1", fresh(b), clock.Milli(start)-24*3600_000, 5000)
	ok(b, st.Close())
	api := attend(b, dir)
	var id string
	n, err := api.Watch("")
	ok(b, err)
	id = n.Station.Incidents[0].ID
	var took []time.Duration
	var key, base string
	var bytes int
	for i := range 10 {
		ok(b, api.WriteSection(app.SectionInput{Incident: id, Section: "well", Text: fmt.Sprint("it rang at once ", i), Base: base}))
		begun := time.Now()
		v, err := api.Retro(app.ReviewInput{Incident: id, Key: key})
		ok(b, err)
		took = append(took, time.Since(begun))
		data, err := json.Marshal(v)
		ok(b, err)
		key, bytes = v.Key, len(data)
		base = v.Sections[slices.IndexFunc(v.Sections, func(s app.SectionView) bool { return s.ID == "well" })].Record
	}
	slices.Sort(took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(took[5].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(bytes)/1024, "KiB")
}

func ok(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func fresh(b *testing.B) incident.ID {
	b.Helper()
	id, err := store.NewID()
	ok(b, err)
	return id
}

// attend is a backend on a folder, with the API that its pages call.
func attend(b *testing.B, dir string) *app.API {
	b.Helper()
	back, err := app.Open(context.Background(), dir, clock.NewFake(start))
	ok(b, err)
	api := new(app.API)
	app.Attach(api, back)
	ok(b, back.Run(context.Background()))
	b.Cleanup(func() { ok(b, back.Close()) })
	ok(b, api.SetPrefs(app.PrefsInput{Name: "ana"}))
	return api
}

// writeOver puts an incident of so many records into the log that began at a time, ms UTC, was ana's and is over.
func writeOver(b *testing.B, st *store.Store, ref string, me incident.ID, at int64, records int) {
	b.Helper()
	var recs []incident.Record
	add := func(e incident.Event) {
		k, v, body, err := incident.Encode(e)
		ok(b, err)
		at += 60_000
		recs = append(recs, incident.Record{ID: fresh(b), At: at, RecordedAt: at, Actor: me, Kind: k, V: v, Body: body})
	}
	add(&incident.PersonNamed{Person: me, Name: "ana"})
	add(&incident.Declared{Ref: ref, Title: "mail is late for customers", Severity: "SEV3", Type: "service"})
	add(&incident.CommandAccepted{By: me, Term: 1})
	for i := range records - 4 {
		add(&incident.NoteAdded{Text: fmt.Sprintf("pool %d: error rate %d %%, draining node eu-%d", i%7, i%31, i%12)})
	}
	add(&incident.PhaseMoved{Phase: incident.PhaseResolved})
	_, _, err := st.Append(b.Context(), incident.Batch{Incident: fresh(b), Ref: ref, Records: recs})
	ok(b, err)
}
