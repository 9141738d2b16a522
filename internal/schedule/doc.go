// Package schedule is the half that waits: it looks at the clock at least every half
// second and rings what is due.
//
// Deadlines are never timers. Each tick asks for all of them anew and compares wall
// time, so that sleep, a changed clock or a restart cannot lose one. A rung that has
// rung is kept in a local table; of the rungs that passed while nobody looked, the
// current one rings once. A gap between wall, boot and awake time tells that the
// machine slept or its clock was set.
//
// The package decides nothing: cadence knows what is due, a Bell makes it heard.
package schedule
