package incident_test

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"testing"

	"quarterdeck/internal/incident"
)

// TestCacheVersionGoesUpWithItsForm: whoever changes State or Row changes CacheVersion,
// and then the hash here.
func TestCacheVersionGoesUpWithItsForm(t *testing.T) {
	const version, form = "10", "ba451f6ca330aada"
	text := shape(reflect.TypeFor[incident.State](), map[reflect.Type]bool{}) + shape(reflect.TypeFor[incident.Row](), map[reflect.Type]bool{})
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16]; got != form || incident.CacheVersion != version {
		t.Errorf("version %q has the form %s, not %s: raise CacheVersion and note both here", incident.CacheVersion, got, form)
	}
}

// shape spells a type out, with the names and tags of its fields.
func shape(t reflect.Type, seen map[reflect.Type]bool) string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return t.Kind().String() + " " + shape(t.Elem(), seen)
	case reflect.Map:
		return "map " + shape(t.Key(), seen) + " " + shape(t.Elem(), seen)
	case reflect.Struct:
		if seen[t] {
			return t.String()
		}
		seen[t] = true
		out := t.String() + "{"
		for i := range t.NumField() {
			f := t.Field(i)
			out += f.Name + " " + shape(f.Type, seen) + " " + string(f.Tag) + ";"
		}
		return out + "}"
	}
	return t.String()
}
