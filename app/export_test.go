package app

import "quarterdeck/internal/incident"

// Touch has the pages told about an incident, which may be one that is not there.
func (b *Backend) Touch(id incident.ID) { b.stream.touch(id) }

// Bubble is the notification that shows a topic, as far as its service has answered.
func (b *Backend) Bubble(topic string) uint32 {
	id, _, _ := b.notifier.Shown(topic)
	return id
}
