package app

import (
	"context"
)

// SimilarView is an incident that resembles a title.
type SimilarView struct {
	ID       string `json:"id"`
	Ref      string `json:"ref"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Declared int64  `json:"declared"`
	Ended    int64  `json:"ended"` // 0 = it is open: perhaps the same
}

// similarShown is how many are worth a look while declaring.
const similarShown = 3

// Similar finds incidents that resemble a title, while it is typed.
func (a *API) Similar(in TextInput) (out []SimilarView, err error) {
	defer guard(&err)
	out = []SimilarView{}
	ctx, b, err := a.ready()
	if err != nil {
		return out, err
	}
	return b.similar(ctx, in.Text)
}

func (b *Backend) similar(ctx context.Context, title string) ([]SimilarView, error) {
	out := []SimilarView{}
	found, err := b.cockpit.Similar(ctx, title, similarShown)
	for _, s := range found {
		out = append(out, SimilarView{s.ID.String(), s.Ref, s.Title, s.Severity, s.Declared, s.Ended})
	}
	return out, err
}
