package browser

import "time"

// Crowd and Streams are the limits that tests try.
const (
	Crowd   = crowd
	Streams = streams
)

// Hurry sets how long a client may take.
func (s *Server) Hurry(long time.Duration) { s.long = long }

// Guests is how many connections are open.
func (s *Server) Guests() int {
	s.guests.mu.Lock()
	defer s.guests.mu.Unlock()
	return len(s.guests.open)
}

// Listening is how many pages listen.
func (s *Server) Listening() int { return len(s.pages) }
