//go:build e2e

package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkWindow starts the cockpit on an open incident of 200 records, and an empty
// window of the same making, in turns: how long until the page can take a key, and the
// memory (PSS) of the program and its web view's processes when they have come to rest.
func BenchmarkWindow(b *testing.B) {
	const rounds = 15
	d := sit(b)
	d.seed(200)
	var start, memory [2]measured // the cockpit's and the empty window's
	programs := [2]string{"quarterdeck", "empty"}
	for round := range rounds + 1 {
		for turn := range programs {
			which := (turn + round) % 2
			took, mb := d.visit(programs[which])
			if round == 0 {
				continue // it fills the caches
			}
			start[which], memory[which] = append(start[which], took), append(memory[which], mb)
		}
	}
	say(b, "start", figure{start[0].median() / start[1].median(), "p50/empty<=1.25"}, figure{start[0].at(0.95) / start[1].at(0.95), "p95/empty"},
		figure{start[0].median(), "p50-ms"}, figure{start[1].median(), "empty-p50-ms"})
	say(b, "memory", figure{memory[0].median() / memory[1].median(), "p50/empty<=1.3"}, figure{memory[0].median(), "MiB"}, figure{memory[1].median(), "empty-MiB"})
}

// visit starts a program and ends it when it has come to rest: milliseconds from exec until
// the page could take a key, and MiB.
func (d *desk) visit(program string) (ms, mb float64) {
	d.t.Helper()
	mark := filepath.Join(d.t.TempDir(), "mark")
	c := exec.Command(filepath.Join(root, "build/bin", program), "--data", d.data)
	c.Env = append(d.env[:len(d.env):len(d.env)], "LD_PRELOAD="+filepath.Join(root, "build/bin/mark.so"), "MARK_FILE="+mark)
	begun := time.Now()
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	defer func() {
		if err := c.Process.Signal(syscall.SIGTERM); err != nil {
			d.t.Fatal(err)
		}
		if err := c.Wait(); err != nil {
			d.t.Fatalf("%s ended with %v", program, err)
		}
	}()
	var at int64
	eventually(d.t, program+" can take a key", func() bool {
		data, err := os.ReadFile(mark)
		if err != nil || len(data) == 0 {
			return false
		}
		at, err = strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
		return err == nil
	})
	var last float64
	still := 0
	eventually(d.t, program+" comes to rest", func() bool {
		time.Sleep(250 * time.Millisecond)
		mb = d.memory(c.Process.Pid)
		if still++; mb > last*1.01 || mb < last*0.99 {
			still = 0
		}
		last = mb
		return still == 6
	})
	return time.Unix(0, at).Sub(begun).Seconds() * 1000, mb
}

// memory is the proportional set of a process and all that it started, in MiB.
func (d *desk) memory(pid int) (mb float64) {
	d.t.Helper()
	for _, p := range under(d.t, pid) {
		mb += proportional(p)
	}
	return mb
}

// under is a process and all that it started.
func under(t testing.TB, pid int) (all []int) {
	t.Helper()
	parents := map[int]int{}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		own, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		rest := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:])) // the name may hold anything
		if err != nil || len(rest) < 2 {
			t.Fatalf("%s says %q", path, data)
		}
		if parents[own], err = strconv.Atoi(rest[1]); err != nil {
			t.Fatal(err)
		}
	}
	for p := range parents {
		for up := p; up > 1; up = parents[up] {
			if up == pid {
				all = append(all, p)
				break
			}
		}
	}
	return all
}

// proportional is one process's share of the memory that it uses; 0 when it has ended.
func proportional(pid int) float64 {
	f, err := os.Open(filepath.Join("/proc", strconv.Itoa(pid), "smaps_rollup"))
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) == 3 && fields[0] == "Pss:" {
			kb, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				return 0
			}
			return kb / 1024
		}
	}
	return 0
}
