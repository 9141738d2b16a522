//go:build !torture

package cockpit_test

const (
	kills       = 20  // how often a writing process is killed
	powerWrites = 100 // how much is written before the power goes
	powerCuts   = 20  // how often it does
)
