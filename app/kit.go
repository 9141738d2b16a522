package app

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// KitInForce is a kit without problems, and where it is from.
type KitInForce struct {
	Kit    *kit.Kit
	Folder string // the full path; empty = built in
	Hash   string

	data []byte // what the hash is of
}

func inForce(k *kit.Kit, folder string) (KitInForce, error) {
	data, hash, err := k.Encode()
	return KitInForce{k, folder, hash, data}, err
}

// KitFolder is the full path of the folder that a setting names; empty = the built-in kit.
func KitFolder(data, setting string) string {
	if setting == "" || filepath.IsAbs(setting) {
		return setting
	}
	return filepath.Join(workspace.Home(data), setting)
}

// ReadKit reads a team's own kit; an empty folder is the built-in one. All that keeps it
// from being used is one fault, which names the first mistake with its file, its line
// and its remedy.
func ReadKit(folder string) (KitInForce, error) {
	if folder == "" {
		k, err := load.Default()
		if err != nil {
			return KitInForce{}, err
		}
		return inForce(k, "")
	}
	k, problems, err := load.Folder(folder)
	if err != nil {
		return KitInForce{}, err
	}
	if len(problems) == 0 {
		return inForce(k, folder)
	}
	p, more := problems[0], ""
	switch n := len(problems) - 1; {
	case n == 1:
		more = "; one more mistake is there"
	case n > 1:
		more = fmt.Sprintf("; %d more mistakes are there", n)
	}
	return KitInForce{}, fault.New(fault.Invalid, "the kit in %s cannot be used: %s: %s%s", folder, p.Where, p.Message, more).WithHint("%s", p.Hint)
}

// UsableKit refuses, as the field kit, a folder without a kit that could be in force.
func UsableKit(data, setting string) error {
	_, err := ReadKit(KitFolder(data, setting))
	f := fault.Of(err)
	switch {
	case fault.Is(err, fault.Invalid):
		return fault.Input("kit", "%s", f.Message).WithHint("%s; qd kit check lists every mistake; nothing was changed", f.Hint)
	case fault.Is(err, fault.NotFound) && !filepath.IsAbs(setting):
		return f.WithHint("%s; write its full path when it is not in the data folder", f.Hint)
	}
	return err
}

// LastKit is the kit that was in force last: the last good one of a team's folder, else
// the built-in one.
func LastKit(ctx context.Context, st *store.Store) (KitInForce, error) {
	data, folder, err := st.LastKit(ctx)
	if err != nil || len(data) == 0 {
		return built(err)
	}
	if k, err := kit.Decode(data); err == nil && len(k.Check()) == 0 {
		return inForce(k, folder)
	}
	return built(nil) // it was kept by another version, which asked for something else
}

func built(err error) (KitInForce, error) {
	if err != nil {
		return KitInForce{}, err
	}
	return ReadKit("")
}

// ChooseKit answers with the kit of a folder or, while that cannot be used, with the
// last good one and the trouble.
func ChooseKit(folder string, last KitInForce) (k KitInForce, trouble error) {
	k, err := ReadKit(folder)
	if err == nil {
		return k, nil
	}
	f := fault.Of(err)
	from := "built in"
	if last.Folder != "" {
		from = "as it was last in order"
	}
	return last, fault.New(f.Code, "%s", f.Message).WithHint("%s; until then the kit %q stays in force, %s", f.Hint, last.Kit.Name, from).WithCause(f.Unwrap())
}

// Keep keeps a team's kit, to fall back on.
func (k KitInForce) Keep(ctx context.Context, st *store.Store) error {
	if k.Folder == "" {
		return st.KeepKit(ctx, nil, "")
	}
	return st.KeepKit(ctx, k.data, k.Folder)
}

func (b *Backend) inForce() KitInForce {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.kit
}

// look is how often the kit's folder is looked at.
const look = 2 * time.Second

// watchKit is a loop of its own: a folder on a network that hangs stops nothing else.
func (b *Backend) watchKit(ctx context.Context) {
	for b.clock.Wait(ctx, look) == nil {
		b.lookAtKit(ctx)
	}
}

// lookAtKit takes in the kit that the settings name, if it has changed.
func (b *Backend) lookAtKit(ctx context.Context) {
	b.mu.Lock()
	folder, last := KitFolder(b.Data, b.settings.Kit), b.kit
	b.mu.Unlock()
	seen := ""
	if folder != "" {
		seen = load.Stamp(folder)
	}
	if seen = folder + "\n" + seen; seen == b.kitSeen {
		return
	}
	b.kitSeen = seen
	k, trouble := ChooseKit(folder, last)
	if folder != "" && folder+"\n"+load.Stamp(folder) != seen { // it is being written
		b.kitSeen = ""
	}
	if trouble == nil && b.store.ReadOnly() == nil {
		if trouble = k.Keep(ctx, b.store); trouble != nil { // it is good all the same
			b.kitSeen = ""
		}
	}
	if err := b.cockpit.SetKit(k.Kit); err != nil {
		trouble, k = err, last
	}
	b.mu.Lock()
	b.kit = k
	b.mu.Unlock()
	if ctx.Err() == nil {
		b.fault("kit", trouble)
	}
	if k.Hash != last.Hash || k.Folder != last.Folder {
		b.stream.station()
		b.stream.touchOpen()
	}
}
