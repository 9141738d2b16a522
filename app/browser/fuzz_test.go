package browser

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// FuzzCall holds that no body of a call does more than be refused.
func FuzzCall(f *testing.F) {
	calls := methods(new(app.API)) // nobody is behind it
	names := slices.Sorted(maps.Keys(calls))
	for i := range names {
		f.Add(uint8(i), []byte(`[{"incident":"x","text":"y","next":1e3},2]`))
		f.Add(uint8(i), []byte(`[""]`))
	}
	f.Add(uint8(0), []byte(`[[[[[[`))
	f.Add(uint8(0), []byte("[{\"a\":1e999,\"\\ud800\":null}]"))
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		name := names[int(which)%len(names)]
		if _, err := invoke(calls[name], bytes.NewReader(body)); err != nil {
			if got := fault.Of(err); got.Code != fault.Invalid && got.Code != fault.Unreachable || got.Message == "" {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
}
