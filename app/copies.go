package app

import (
	"context"
	"path/filepath"

	"quarterdeck/internal/store"
)

// CopiesView is the copies of the database in its folder.
type CopiesView struct {
	Copies []CopyView `json:"copies"` // the latest backups first, then what was set aside
}

// CopyView is a copy of the database. What is redacted here is not redacted in it.
type CopyView struct {
	Name     string `json:"name"`
	Path     string `json:"path"`
	At       int64  `json:"at"`       // when it was made; 0 = it was set aside
	Redacted int    `json:"redacted"` // records whose words it has and the database has not
}

// PurgeView is what became of the copies that held redacted words.
type PurgeView struct {
	Made    string   `json:"made"`    // the backup that took their place; empty = none was needed
	Removed []string `json:"removed"` // paths
	Left    []string `json:"left"`    // set aside, and not ours to remove
}

// Copies are the copies of the database in its folder, and which of them still hold words
// that were redacted.
func (a *API) Copies() (v CopiesView, err error) {
	defer guard(&err)
	v.Copies = []CopyView{}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	return b.copies(ctx)
}

func (b *Backend) copies(ctx context.Context) (CopiesView, error) {
	v := CopiesView{Copies: []CopyView{}}
	list, err := store.Backups(b.Data)
	if err != nil {
		return v, err
	}
	made := map[string]int64{}
	for _, c := range list {
		made[c.Path] = c.At.UnixMilli()
	}
	held, err := b.store.Held(ctx)
	for _, h := range held {
		v.Copies = append(v.Copies, CopyView{filepath.Base(h.Path), h.Path, made[h.Path], h.Redacted})
	}
	return v, err
}

// PurgeCopies takes away the backups that still hold words that were redacted, once a new
// one, which has everything else, has been made and read back.
func (a *API) PurgeCopies() (v PurgeView, err error) {
	defer guard(&err)
	v = PurgeView{Removed: []string{}, Left: []string{}}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	made, removed, left, err := b.store.Purge(ctx, b.clock.Now())
	v.Removed, v.Left = append(v.Removed, removed...), append(v.Left, left...)
	if len(v.Removed) > 0 {
		v.Made = made.Path
	}
	return v, err
}
