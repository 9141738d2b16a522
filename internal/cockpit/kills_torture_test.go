//go:build torture

package cockpit_test

const kills = 500
