//go:build !torture

package schedule_test

const storms = 4 // seeds
