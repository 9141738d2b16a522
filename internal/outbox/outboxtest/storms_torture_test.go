//go:build torture

package outboxtest_test

const storm = 500
