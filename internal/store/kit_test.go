package store

import "testing"

func TestTheLastKit(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	is := func(data, folder string) {
		t.Helper()
		if d, f, err := s.LastKit(t.Context()); err != nil || string(d) != data || f != folder {
			t.Errorf("%q from %q, %v; want %q from %q", d, f, err, data, folder)
		}
	}
	keep := func(data, folder string) {
		t.Helper()
		if err := s.KeepKit(t.Context(), []byte(data), folder); err != nil {
			t.Error(err)
		}
		is(data, folder)
	}
	is("", "")
	keep("", "")
	keep("{}", "/a")
	keep("{}", "/b")
	keep(`{"name":"x"}`, "/b")
	other := open(t, dir)
	if _, err := other.Changed(t.Context()); err != nil {
		t.Fatal(err)
	}
	keep(`{"name":"x"}`, "/b")
	if changed, err := other.Changed(t.Context()); err != nil || changed {
		t.Errorf("the same was written once more: %v", err)
	}
	s = other
	is(`{"name":"x"}`, "/b")
	keep("", "")
	var kits int
	if err := s.rdb.QueryRowContext(t.Context(), "SELECT count(*) FROM kit").Scan(&kits); err != nil || kits != 0 {
		t.Errorf("%d kits are left behind, %v", kits, err)
	}
}
