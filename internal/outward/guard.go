package outward

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// Home reports whether the address names this machine, its network, its link or a
// metadata service by itself: as a number or as localhost. Whoever types such an
// address means it.
func Home(u *url.URL) bool {
	host := u.Hostname()
	if localhost(host) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && Place(ip) != Public
}

func localhost(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// Where says where an IP address lies.
type Where int

const (
	// Public addresses are everybody's.
	Public Where = iota
	// Near addresses are of this machine or its networks.
	Near
	// Link addresses reach only what hangs on the same wire; clouds answer there with
	// the machine's own credentials.
	Link
)

// near are networks that are not the internet, beyond what netip knows by name
// (RFC 6890 and the IANA registries of special-purpose addresses).
var near = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"100::/64", "2001::/23", "2001:db8::/32", "fec0::/10",
)

// metadata are services of clouds outside the link's own addresses.
var metadata = prefixes("100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32", "fd00:ec2::254/128", "fd20:ce::254/128")

// carrying are prefixes of addresses that carry an IPv4 address within, and at which byte.
var carrying = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, {netip.MustParsePrefix("64:ff9b:1::/48"), 12}, // NAT64
	{netip.MustParsePrefix("2002::/16"), 2}, // 6to4
	{netip.MustParsePrefix("::/96"), 12},    // the old form of a mapped one
}

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// Place says where an address lies; what cannot be told is not public.
func Place(ip netip.Addr) Where {
	ip = ip.Unmap().WithZone("")
	switch {
	case !ip.IsValid():
		return Link
	case within(metadata, ip), ip.IsLinkLocalUnicast(), ip.IsLinkLocalMulticast(), ip.IsInterfaceLocalMulticast():
		return Link
	case ip.IsLoopback(), ip.IsPrivate(), ip.IsUnspecified(), ip.IsMulticast():
		return Near
	}
	for _, c := range carrying {
		if c.prefix.Contains(ip) {
			b := ip.As16()
			return Place(netip.AddrFrom4([4]byte(b[c.at : c.at+4])))
		}
	}
	if within(near, ip) {
		return Near
	}
	return Public
}

func within(list []netip.Prefix, ip netip.Addr) bool {
	for _, p := range list {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// origin is what an address is compared by: scheme, host and port.
func origin(u *url.URL) string { return u.Scheme + "://" + hostPort(u) }

// hostPort is the host and port that an address leads to, as a dialler is told.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
