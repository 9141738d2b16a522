//go:build bindings

package desktop

// generating: this build only writes the page's bindings.
const generating = true
