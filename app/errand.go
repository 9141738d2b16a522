package app

import "sync"

// errands are calls to the desktop, which may hang: those about one topic are done in
// their order, and nobody waits for them.
type errands struct {
	mu    sync.Mutex
	queue map[string][]func() // a topic is there while somebody works on it
}

// add has do done, on one of the goroutines counted by done.
func (e *errands) add(done *sync.WaitGroup, topic string, do func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	waiting, busy := e.queue[topic]
	e.queue[topic] = append(waiting, do)
	if !busy {
		done.Go(func() { e.work(topic) })
	}
}

func (e *errands) work(topic string) {
	for {
		e.mu.Lock()
		waiting := e.queue[topic]
		if len(waiting) == 0 {
			delete(e.queue, topic)
			e.mu.Unlock()
			return
		}
		e.queue[topic] = waiting[1:]
		e.mu.Unlock()
		waiting[0]()
	}
}
