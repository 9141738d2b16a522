package workspace

import "os"

// Process is a mark of this process that no other one has, as long as the machine runs;
// empty where the system does not tell enough for one.
func Process() string { return mark(os.Getpid()) }

// Ended reports whether the process with a mark is known to have ended. Of one whose mark
// is empty, of another machine, or of a time before the machine started anew, nothing is
// known, and it says no.
func Ended(process string) bool { return process != "" && ended(process) }
