package app

import "quarterdeck/internal/incident"

// Touch has the pages told about an incident, which may be one that is not there.
func (b *Backend) Touch(id incident.ID) { b.stream.touch(id) }
