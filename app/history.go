package app

import (
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// HistoryView is what a record said, first and after each correction.
type HistoryView struct {
	Versions []VersionView `json:"versions"` // the first one first
}

// VersionView is what a record said from a time on.
type VersionView struct {
	Actor   string `json:"actor"`
	Written int64  `json:"written"`
	At      int64  `json:"at"`   // when it happened, as it says
	Text    string `json:"text"` // empty: it has no words of its own
	Gone    string `json:"gone"` // why its words were removed
	Undone  bool   `json:"undone"`
}

// History is what a record said first, and each correction of it. Faults: NotFound.
func (a *API) History(in TextInput) (v HistoryView, err error) {
	defer guard(&err)
	v.Versions = []VersionView{}
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	rec, err := incident.ParseID(in.Subject)
	if err != nil {
		return v, err
	}
	err = b.cockpit.ViewTimeline(ctx, inc, func(l *cockpit.Live) error {
		for _, h := range l.Timeline.History(rec) {
			v.Versions = append(v.Versions, VersionView{l.State.Name(h.By), h.Written, h.At, h.Text, h.Gone, h.Undone})
		}
		return nil
	})
	if err == nil && len(v.Versions) == 0 {
		err = fault.New(fault.NotFound, "there is no such entry in this incident")
	}
	return v, err
}
