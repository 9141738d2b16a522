//go:build torture

package cockpit_test

const (
	kills       = 500
	powerWrites = 600
	powerCuts   = 600
)
