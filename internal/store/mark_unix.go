//go:build unix

package store

import (
	"fmt"
	"os"
	"syscall"
)

// fileMark tells a file from its copies: by device and inode, which a copy does not share.
func fileMark(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", nil // a system without inodes: copies cannot be told
	}
	return fmt.Sprintf("%d:%d", st.Dev, st.Ino), nil
}
