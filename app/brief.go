package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/secret/token"
	"quarterdeck/internal/workspace"
)

const (
	// briefPause is how often the log is looked at for what the brief does not say yet: well
	// within the minute that is promised.
	briefPause = 10 * time.Second
	// briefAgain is after how many seconds an open page asks for itself again.
	briefAgain = 30
	// briefIndex leads to the others.
	briefIndex = "index.html"
)

// brief keeps a folder of pages that anybody may read: one for each open incident, and
// those that were seen to end, and one that leads to them. Nothing of a security incident,
// or of another private one, is in it.
type brief struct {
	folder string
	last   int64               // the place in the log that the folder tells of
	pages  map[incident.ID]int // records told of, by incident
}

func newBrief(folder string) *brief {
	return &brief{folder: folder, last: -1, pages: map[incident.ID]int{}}
}

// keepBrief writes the brief anew when something has changed.
func (b *Backend) keepBrief(ctx context.Context) {
	var br *brief
	for b.clock.Wait(ctx, briefPause) == nil {
		b.mu.Lock()
		folder := KitFolder(b.Data, b.settings.Brief)
		b.mu.Unlock()
		if br == nil || br.folder != folder {
			br = newBrief(folder)
		}
		err := br.write(ctx, b)
		if ctx.Err() == nil {
			b.fault("brief", err)
		}
	}
}

// write brings the folder up to the log. What fails is tried again next time.
func (br *brief) write(ctx context.Context, b *Backend) error {
	if br.folder == "" {
		return nil
	}
	if info, err := os.Stat(br.folder); err != nil || !info.IsDir() {
		br.last = -1 // it may come back empty
		return fault.New(fault.Unreachable, "the folder of the live brief, %s, is not there", br.folder).
			WithHint("bring it back, or choose another one in the settings").WithCause(err)
	}
	last, err := b.store.Last(ctx)
	if err != nil || last == br.last {
		return err
	}
	if br.last < 0 {
		clear(br.pages)
	}
	rows, err := b.store.Rows(ctx, listed)
	if err != nil {
		return err
	}
	cockpit.Distinguish(rows)
	held := b.held()
	var open []compose.Page
	for _, r := range rows {
		_, told := br.pages[r.ID]
		if !r.Open() && !told {
			continue
		}
		private, err := br.page(ctx, b, r, held)
		if err != nil {
			return err
		}
		if !private && r.Open() {
			open = append(open, compose.Page{Row: r, File: briefFile(r)})
		}
	}
	text, err := compose.Index(open, b.now(), briefAgain)
	if err == nil {
		err = br.put(briefIndex, token.Blot(text, held))
	}
	if err == nil {
		br.last = last
	}
	return err
}

// page writes the page of one incident, when it has news.
func (br *brief) page(ctx context.Context, b *Backend, r incident.Row, held []token.Token) (private bool, err error) {
	var text string
	err = b.cockpit.ViewTimeline(ctx, r.ID, func(l *cockpit.Live) error {
		t := l.Kit.Type(l.State.Declared.Type)
		if private = l.State.Declared.Security || t != nil && t.Private; private || br.pages[r.ID] == r.Entries {
			return nil
		}
		var err error
		text, err = compose.HTML(compose.Document{State: l.State, Kit: l.Kit, Entries: l.Timeline.Entries(), Made: b.now(), Again: briefAgain})
		return err
	})
	if err != nil || text == "" {
		return private, err
	}
	if err := br.put(briefFile(r), token.Blot(text, held)); err != nil {
		return private, err
	}
	br.pages[r.ID] = r.Entries
	return private, nil
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9-]{1,60}$`)

// briefFile is the name of an incident's page.
func briefFile(r incident.Row) string {
	if plainName.MatchString(r.Ref) {
		return r.Ref + ".html"
	}
	return r.ID.String() + ".html"
}

// put puts a page in its place whole, for everybody who may look into the folder.
func (br *brief) put(name, text string) error {
	if err := workspace.Publish(filepath.Join(br.folder, name), []byte(text)); err != nil {
		return fault.New(fault.Unreachable, "the live brief in %s cannot be written", br.folder).
			WithHint("check the disk and the folder's rights, or choose another one in the settings").WithCause(err)
	}
	return nil
}

// UsableBrief makes the folder of the brief, and refuses, as the field brief, one in which
// nothing can be written.
func UsableBrief(data, setting string) error {
	folder := KitFolder(data, setting)
	if folder == "" {
		return nil
	}
	refused := fault.Input("brief", "%s cannot be a folder for the live brief", folder).WithHint("name a folder in which you may write; nothing was changed")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return refused.WithCause(err)
	}
	f, err := os.CreateTemp(folder, ".brief-*")
	if err != nil {
		return refused.WithCause(err)
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("app: try the brief's folder: %w", err)
	}
	return nil
}
