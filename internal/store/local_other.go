//go:build !linux

package store

// local cannot tell network file systems apart on this system and lets all pass.
func local(string) error { return nil }
