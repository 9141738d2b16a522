package workspace

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// mark is a process: which start of which machine, which space of process numbers, its
// number there, and when it began. A number is given out again, the moment is not.
func mark(pid int) string {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	began, alive := began(pid)
	if !alive {
		return ""
	}
	return fmt.Sprintf("%s/%s/%d/%s", strings.TrimSpace(string(boot)), space, pid, began)
}

// began is when a process began, in ticks since the machine did; alive is false when it
// is no more, or only waits for its parent to notice.
func began(pid int) (at string, alive bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	name := strings.LastIndexByte(string(stat), ')') // it may hold blanks and brackets
	f := strings.Fields(string(stat[name+1:]))
	if len(f) < 20 || f[0] == "Z" || f[0] == "X" {
		return "", false
	}
	return f[19], true
}

func ended(process string) bool {
	own := strings.Split(mark(os.Getpid()), "/")
	its := strings.Split(process, "/")
	if len(own) != 4 || len(its) != 4 || own[0] != its[0] || own[1] != its[1] {
		return false
	}
	pid, err := strconv.Atoi(its[2])
	if err != nil || pid <= 0 {
		return false
	}
	at, alive := began(pid)
	return !alive || at != its[3]
}
