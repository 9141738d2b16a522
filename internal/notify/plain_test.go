package notify

import (
	"context"
	"errors"
	"testing"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
)

func TestPlainShowsAndSaysWhatIsMissing(t *testing.T) {
	var got []Message
	p := newPlain(t.Context(), func(m Message) error { got = append(got, m); return nil })
	if s := p.Status(); s.Desktop || s.Reason != untried {
		t.Errorf("before the first call: %+v", s)
	}
	if err := p.Show(t.Context(), Message{Key: "k", Title: "a\nb"}); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Title != "a b" {
		t.Errorf("%+v", got)
	}
	if s := p.Status(); !s.Desktop || s.Reason != simple {
		t.Errorf("%+v", s)
	}
	if err := p.Withdraw(t.Context(), "k"); err != nil {
		t.Error(err)
	}
}

func TestPlainFailure(t *testing.T) {
	p := newPlain(t.Context(), func(Message) error { return errors.New("no program") })
	if err := p.Show(t.Context(), Message{Key: "k"}); !fault.Is(err, fault.Unreachable) {
		t.Error(err)
	}
	if s := p.Status(); s.Desktop || s.Reason != absent {
		t.Errorf("%+v", s)
	}
}

func TestPlainProgramThatHangs(t *testing.T) {
	release := make(chan struct{})
	p := newPlain(t.Context(), func(Message) error { <-release; return nil })
	before := clock.System().Awake()
	errs := make(chan error, 2)
	for _, key := range []string{"a", "b"} {
		go func() { errs <- p.Show(t.Context(), Message{Key: key}) }()
	}
	for range 2 {
		if err := <-errs; !fault.Is(err, fault.Unreachable) || !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
	if took := clock.System().Awake() - before; took > 2*limit {
		t.Errorf("two calls beside each other took %v", took)
	}
	close(release)
	if err := p.Show(t.Context(), Message{Key: "c"}); err != nil {
		t.Errorf("after it came back: %v", err)
	}
}

func TestPlainClosed(t *testing.T) {
	p := newPlain(t.Context(), func(Message) error { t.Error("shown"); return nil })
	if err := errors.Join(p.Close(), p.Close()); err != nil {
		t.Fatal(err)
	}
	if _, more := <-p.Presses(); more {
		t.Error("a press out of nowhere")
	}
	if err := p.Show(t.Context(), Message{Key: "k"}); !fault.Is(err, fault.Unreachable) {
		t.Error(err)
	}
	if p.Status().Reason != shut {
		t.Error(p.Status())
	}
}
