package store

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"quarterdeck/internal/fault"
)

// Numbers of network file systems, from statfs(2) and linux/magic.h. SQLite's
// write-ahead log shares memory through the file, which these cannot do.
var network = map[int64]string{
	0x6969: "NFS", 0x517B: "SMB", 0xFF534D42: "CIFS", 0xFE534D42: "SMB2",
	0x5346414F: "AFS", 0x73757245: "Coda", 0x00C36400: "Ceph", 0x0BD00BD0: "Lustre",
}

// Local refuses folders on a network file system.
func Local(dir string) error {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return fmt.Errorf("store: look at %s: %w", dir, err)
	}
	if name, bad := network[int64(uint32(st.Type))]; bad {
		return fault.New(fault.Refused, "%s lies on a network file system (%s), where a database can lose what it was told to keep", dir, name).
			WithHint("choose a folder on this machine's own disk with --data")
	}
	return nil
}

// Free is how many bytes this account may still write to the disk that holds a folder.
func Free(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, fmt.Errorf("store: look at %s: %w", dir, err)
	}
	return int64(min(st.Bavail, 1<<42)) * int64(st.Bsize), nil
}

// reserve takes room on the disk for a file, without writing it where the file system can.
func reserve(f *os.File, size int) error {
	if unix.Fallocate(int(f.Fd()), 0, 0, int64(size)) == nil {
		return f.Sync()
	}
	return fill(f, size)
}
