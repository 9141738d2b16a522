//go:build !torture

package cockpit_test

// kills is how often a writing process is killed.
const kills = 20
