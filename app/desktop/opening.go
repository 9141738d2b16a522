package desktop

import (
	"context"
	"errors"
	"sync/atomic"

	"quarterdeck/app"
	"quarterdeck/internal/clock"
)

// opening is the backend while it opens, beside the window, which takes as long to appear.
type opening struct {
	backend atomic.Pointer[app.Backend]
	err     error         // what keeps the folder from opening; to be read when done
	done    chan struct{} // closed when either of them is there
	room    *drills
	notes   <-chan app.Notify // what happened since, for the window's page; nil for a browser's
	cancel  func()            // ends notes
}

// begin opens the data folder and runs what is in it until the context ends. Calls of the
// API wait for it, and answer with what keeps it from opening.
func begin(ctx context.Context, dir string, api *app.API, browser bool) *opening {
	o := &opening{done: make(chan struct{}), room: newDrills(ctx, dir, browser)}
	app.Await(api)
	go func() {
		defer close(o.done)
		b, err := open(ctx, dir)
		if err == nil {
			b.ShowDrills, b.ShowReal = o.room.show, o.room.real
			if err = b.Run(ctx); err != nil {
				err = errors.Join(err, b.Close())
			}
		}
		if err != nil {
			o.err = err
			app.Refuse(api, err)
			return
		}
		if !browser {
			o.notes, o.cancel = b.Subscribe() // before the page's first answer, so that nothing lies between
		}
		o.backend.Store(b)
		app.Attach(api, b)
	}()
	return o
}

func open(ctx context.Context, dir string) (*app.Backend, error) {
	clk, err := clock.Machine()
	if err != nil {
		return nil, err
	}
	return app.Open(ctx, dir, clk)
}

// wait answers when the folder is open; nil when it could not be opened.
func (o *opening) wait() *app.Backend {
	<-o.done
	return o.backend.Load()
}

// now answers at once; nil while the folder is not open.
func (o *opening) now() *app.Backend { return o.backend.Load() }

// close ends what begin has begun.
func (o *opening) close() error {
	b := o.wait()
	o.room.close()
	if b == nil {
		return nil
	}
	return b.Close()
}
