package outward_test

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
)

// names is a resolver for which every name leads to one IPv4 address; without one, no
// name is known.
func names(t *testing.T, ip string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply := answer(buf[:n], ip); reply != nil {
				_, _ = conn.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// answer is the reply of a name server to a query (RFC 1035, 4.1).
func answer(query []byte, ip string) []byte {
	const head = 12
	end := head
	for end < len(query) && query[end] != 0 {
		end += int(query[end]) + 1
	}
	end += 5 // the root label, type and class
	if end > len(query) {
		return nil
	}
	out := append([]byte{}, query[:end]...)
	binary.BigEndian.PutUint16(out[2:], 0x8180)
	clear(out[6:head])
	switch {
	case ip == "":
		out[3] |= 3 // no such name
	case binary.BigEndian.Uint16(query[end-4:]) == 1:
		out[7] = 1
		addr := netip.MustParseAddr(ip).As4()
		out = append(out, 0xc0, head, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4)
		out = append(out, addr[:]...)
	}
	return out
}
