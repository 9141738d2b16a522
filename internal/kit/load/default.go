package load

import (
	"sync"

	"quarterdeck/assets"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Default is the kit that is built in, read once. It is shared: nobody may change
// it. An error is a mistake in the build, of code internal.
func Default() (*kit.Kit, error) { return builtIn() }

var builtIn = sync.OnceValues(func() (*kit.Kit, error) {
	k, problems, err := Load(assets.Kit())
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, fault.New(fault.Internal, "the built-in kit is broken: %s", problems[0])
	}
	return k, nil
})
