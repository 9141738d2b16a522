//go:build !torture

package outboxtest_test

// storm is how many messages go through the storm.
const storm = 100
