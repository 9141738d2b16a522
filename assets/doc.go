// Package assets holds what the binary carries inside: the default kit and the
// icon. It knows nothing of what the files say; kit/load reads the kit.
package assets
