//go:build torture

package schedule_test

const storms = 400 // seeds
