//go:build !bindings

package desktop

// generating: this build runs.
const generating = false
