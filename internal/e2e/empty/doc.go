// Command empty is a window of the same making as the cockpit's with nothing in it but a
// field to type into: what a window costs by itself, for the benchmarks to compare with.
package main
