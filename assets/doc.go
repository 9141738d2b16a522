// Package assets holds what the binary carries inside: the default kit. It knows
// nothing of what the files say; kit/load reads them.
package assets
