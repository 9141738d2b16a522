package main

import (
	"os"

	"quarterdeck/internal/clock"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, clock.System()))
}
