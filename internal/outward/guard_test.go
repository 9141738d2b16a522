package outward_test

import (
	"net/netip"
	"net/url"
	"testing"

	"quarterdeck/internal/outward"
)

func TestPlace(t *testing.T) {
	places := map[outward.Where][]string{
		outward.Public: {"8.8.8.8", "1.1.1.1", "2606:4700::1111", "172.32.0.1", "11.0.0.1", "100.128.0.1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"},
		outward.Near: {
			"127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0.0.0.0", "0.1.2.3", "100.64.0.1", "224.0.1.1",
			"255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fd12:3456::1", "fc00::1", "ff0e::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
			"64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1", "fec0::1",
		},
		outward.Link: {
			"169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "ff02::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
			"100.100.100.200", "fd00:ec2::254", "168.63.129.16", "224.0.0.1",
		},
	}
	for want, list := range places {
		for _, text := range list {
			if got := outward.Place(netip.MustParseAddr(text)); got != want {
				t.Errorf("%s lies %d, want %d", text, got, want)
			}
		}
	}
	if outward.Place(netip.Addr{}) == outward.Public {
		t.Error("no address at all counts as public")
	}
}

func TestHome(t *testing.T) {
	for text, want := range map[string]bool{
		"http://localhost/": true, "http://LOCALHOST.:81/": true, "http://a.localhost/": true, "http://127.0.0.1:8080/": true, "http://[::1]/": true,
		"http://169.254.169.254/latest": true, "http://10.0.0.7/": true, "http://example.org/": false, "http://8.8.8.8/": false, "http://nolocalhost/": false,
	} {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := outward.Home(u); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
