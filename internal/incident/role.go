package incident

import (
	"maps"
	"slices"
	"strings"

	"quarterdeck/internal/kit"
)

// RoleList are the kit's roles, in its order; each that many hold is followed by the
// parts of it that somebody holds or was asked to take, by id.
func (s *State) RoleList(k *kit.Kit) []kit.Role {
	parts := map[string]bool{}
	for _, held := range []map[string]Held{s.Roles, s.Asked} {
		for id := range held {
			parts[id] = strings.Contains(id, ":")
		}
	}
	var out []kit.Role
	for _, r := range k.Roles {
		out = append(out, r)
		for _, id := range slices.Sorted(maps.Keys(parts)) {
			if base, part, _ := strings.Cut(id, ":"); parts[id] && base == r.ID && r.Many {
				one := r
				one.ID, one.Name, one.Short, one.Many = id, r.Name+": "+part, part, false
				out = append(out, one)
			}
		}
	}
	return out
}
