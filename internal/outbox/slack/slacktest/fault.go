package slacktest

import (
	"io"
	"net"
	"net/http"
	"time"
)

// Fault is what goes wrong with a call. "Kept" says whether the call was carried out.
type Fault string

// The faults.
const (
	OK           Fault = ""
	DropBefore   Fault = "drop before" // not kept
	DropAfter    Fault = "drop after"  // kept
	ResetBefore  Fault = "reset before"
	ResetAfter   Fault = "reset after"
	HangBefore   Fault = "hang before"
	HangAfter    Fault = "hang after"
	LateStore    Fault = "late store" // kept, once the client has given up and Later has passed
	CutAfter     Fault = "cut after"  // kept, and the answer ends in its middle
	CutBefore    Fault = "cut before" // not kept, and what looks like an answer ends in its middle
	HTML         Fault = "html"
	Slow         Fault = "429 seconds"
	SlowDate     Fault = "429 date"
	SlowNothing  Fault = "429 nothing"
	Redirect     Fault = "307"
	FailBefore   Fault = "500 before"
	FailAfter    Fault = "500 after"
	Gateway      Fault = "503"
	FatalBefore  Fault = "fatal before"
	FatalAfter   Fault = "fatal after"
	RateLimited  Fault = "ratelimited"
	MissingScope Fault = "missing scope"
	Archived     Fault = "archived"
)

// Passing are the faults after which a message can still arrive by itself.
var Passing = []Fault{DropBefore, DropAfter, ResetBefore, ResetAfter, HangBefore, HangAfter, LateStore, CutAfter, CutBefore, HTML, Slow, SlowDate, SlowNothing,
	Redirect, FailBefore, FailAfter, Gateway, FatalBefore, FatalAfter, RateLimited}

// Lasting are those that a person has to mend.
var Lasting = []Fault{MissingScope, Archived}

// Break arms faults for the next calls of a method, in their order.
func (s *Server) Break(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// Draw has each call's fault drawn by a function, where none is armed; nil = none.
func (s *Server) Draw(draw func(method string) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draw = draw
}

// next is the fault of a call; the lock is held.
func (s *Server) next(method string) Fault {
	if list := s.faults[method]; len(list) > 0 {
		s.faults[method] = list[1:]
		return list[0]
	}
	if s.draw != nil {
		return s.draw(method)
	}
	return OK
}

func (s *Server) spoil(f Fault, w http.ResponseWriter, r *http.Request, do, keep func() []byte) {
	s.mu.Lock()
	date, scopes := s.now().UTC(), s.Scopes
	s.mu.Unlock()
	h := w.Header()
	h.Set("Date", date.Format(http.TimeFormat))
	h.Set("Content-Type", "application/json; charset=utf-8")
	for i, scope := range scopes {
		if i == 0 {
			h.Set("X-Oauth-Scopes", scope)
			continue
		}
		h.Set("X-Oauth-Scopes", h.Get("X-Oauth-Scopes")+","+scope)
	}
	say := func(status int, text string) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
	switch f {
	case DropBefore, ResetBefore:
		hangUp(w, f == ResetBefore)
	case DropAfter, ResetAfter:
		do()
		hangUp(w, f == ResetAfter)
	case HangBefore:
		<-r.Context().Done()
	case HangAfter:
		do()
		<-r.Context().Done()
	case LateStore:
		<-r.Context().Done()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.late = append(s.late, pending{s.now().Add(Later), keep})
	case CutAfter, CutBefore:
		text := `{"ok":true,"channel":"C0SUPPORT1","ts":"1795187`
		if f == CutAfter {
			data := do()
			text = string(data[:len(data)/2])
		}
		h.Set("Content-Length", "2000")
		say(http.StatusOK, text)
		if fl, ok := w.(http.Flusher); ok {
			fl.Flush()
		}
		hangUp(w, false)
	case HTML:
		h.Set("Content-Type", "text/html")
		say(http.StatusOK, "<!doctype html><title>Log in</title><p>Welcome to the network of the hotel.")
	case Slow, SlowDate, SlowNothing:
		switch f {
		case Slow:
			h.Set("Retry-After", "3")
		case SlowDate:
			h.Set("Retry-After", date.Add(4*time.Second).Format(http.TimeFormat))
		}
		say(http.StatusTooManyRequests, "")
	case Redirect:
		http.Redirect(w, r, "/api/chat.postMessage", http.StatusTemporaryRedirect)
	case FailBefore:
		say(http.StatusInternalServerError, "<html>oops")
	case FailAfter:
		do()
		say(http.StatusInternalServerError, "<html>oops")
	case Gateway:
		say(http.StatusServiceUnavailable, "upstream")
	case FatalBefore:
		say(http.StatusOK, `{"ok":false,"error":"fatal_error"}`)
	case FatalAfter:
		do()
		say(http.StatusOK, `{"ok":false,"error":"fatal_error"}`)
	case RateLimited:
		h.Set("Retry-After", "2")
		say(http.StatusOK, `{"ok":false,"error":"ratelimited"}`)
	case MissingScope:
		say(http.StatusOK, `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"pins:write"}`)
	case Archived:
		say(http.StatusOK, `{"ok":false,"error":"is_archived"}`)
	default:
		say(http.StatusOK, string(do()))
	}
}

func hangUp(w http.ResponseWriter, reset bool) {
	h, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	c, _, err := h.Hijack()
	if err != nil {
		return
	}
	if tcp, ok := c.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}
