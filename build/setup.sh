#!/usr/bin/env bash
# Finds what this machine lacks to build Quarterdeck, or to test it, and installs it.
#
#   build/setup.sh build         compilers, libraries of the window, Go, Node
#   build/setup.sh build test    and what the end-to-end tests need
#   build/setup.sh bench         the peers that the benchmarks run beside
#   build/setup.sh package       what making a Debian package needs besides
#   build/setup.sh lint          what looking one over needs
#   build/setup.sh try           what trying that package in a clean Debian needs
#
# System packages come from apt (Debian 12 and 13, Ubuntu 22.04 and later). Without the right to install
# them it prints the one line to run and exits 1. A Go or a Node that is too old is left alone: newer
# ones go to .tools/ in this checkout, which the Makefile puts first in PATH.
# When nothing is missing it says nothing and takes a fraction of a second.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/.tools
export PATH="$tools/go/bin:$tools/node_modules/.bin:$PATH"

# Node for machines whose own is too old, with an npm that fits it. The last 22 (long-term support).
node_version=22.23.3
npm_version=10.9.9

say() { printf 'set-up: %s\n' "$*"; }
fail() {
	printf 'set-up: %s\n' "$*" >&2
	exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

packages=()
need() { packages+=("$@"); }
# tool COMMAND PACKAGE...: the packages are missing when the command is.
tool() { have "$1" || need "${@:2}"; }
# file PATTERN PACKAGE: the package is missing when no file matches.
file() { compgen -G "$1" >/dev/null || need "$2"; }

# Asked for by what they give and not by package name: a compiler or a Go from elsewhere is as good.
list_build() {
	{ have gcc && have g++ && have make; } || need build-essential
	tool git git
	file /etc/ssl/certs/ca-certificates.crt ca-certificates
	if have pkg-config; then
		pkg-config --exists gtk+-3.0 || need libgtk-3-dev
		pkg-config --exists webkit2gtk-4.1 || need libwebkit2gtk-4.1-dev
	else
		need pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev
	fi
	# The webview plays the alarms through GStreamer, and is silent without a word when its parts are missing.
	file '/usr/lib*/*/gstreamer-1.0/libgstvorbis.so' gstreamer1.0-plugins-base
	file '/usr/lib*/*/gstreamer-1.0/libgstautodetect.so' gstreamer1.0-plugins-good
	tool go golang-go
	tool node nodejs
	tool npm npm
}

list_test() {
	tool Xvfb xvfb
	tool openbox openbox
	tool dbus-daemon dbus
	tool gnome-keyring-daemon gnome-keyring
	tool WebKitWebDriver webkit2gtk-driver
	tool import imagemagick
	tool xdotool xdotool
	file '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' fonts-dejavu-core
	browser || is_ubuntu || need chromium
	# A reader of calendars that shares no code with ours, for the system's own Python.
	/usr/bin/python3 -c 'import icalendar' 2>/dev/null || need python3-icalendar
}

list_bench() {
	tool rg ripgrep
	file '/usr/lib/postgresql/*/bin/initdb' postgresql
}

list_package() {
	have dpkg-deb || fail 'a Debian package is made with dpkg-deb, which is not here'
	tool objdump binutils
	tool rsvg-convert librsvg2-bin
	tool desktop-file-validate desktop-file-utils
	tool appstreamcli appstream
}

list_try() { tool debootstrap debootstrap; }

list_lint() {
	tool lintian lintian
	tool man man-db
}

# browser: is there a Chromium or a Chrome that runs? The variable CHROMIUM names one elsewhere.
browser() {
	local name at
	for name in "${CHROMIUM:-}" chromium google-chrome google-chrome-stable chromium-browser; do
		at=$(command -v "${name:-none}" 2>/dev/null) || continue
		# Ubuntu's chromium-browser is a stub that only asks for the snap.
		if [ "$(head -c 2 "$at")" = '#!' ] && grep -q 'snap install' "$at"; then continue; fi
		return 0
	done
	return 1
}

is_ubuntu() { grep -qE '^ID(_LIKE)?=.*ubuntu' /etc/os-release 2>/dev/null; }

# install: brings the packages, or prints the one line that would.
install() {
	[ ${#packages[@]} -gt 0 ] || return 0
	have apt-get || fail "missing, and there is no apt-get here to bring it; the Debian names are: ${packages[*]}"
	local as=()
	if [ "$(id -u)" -ne 0 ]; then
		if have sudo && sudo -n true 2>/dev/null; then
			as=(sudo -n)
		else
			local become='su -c'
			if have sudo; then become='sudo sh -c'; fi
			printf 'set-up: packages are missing and installing them needs root. Run this line, then the same command again:\n' >&2
			printf "%s 'apt-get update && apt-get install -y --no-install-recommends %s'\n" "$become" "${packages[*]}" >&2
			exit 1
		fi
	fi
	local log=$root/build/bin/setup.log
	mkdir -p "$root/build/bin"
	say "installing with apt: ${packages[*]} (a few minutes on a fresh machine)"
	local apt=("${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
	if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
		tail -n 25 "$log" >&2
		fail "apt-get failed; all that it said is in $log"
	fi
	hash -r
}

# at_least A B: is version A the same as B or newer?
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# ready_go: a Go that can build this module, fetched from the Go module proxy when the machine's cannot.
# From 1.21 on Go fetches the toolchain that go.mod names by itself; the first question to it does that.
ready_go() {
	local least wanted now
	least=$(sed -n 's/^go //p' "$root/go.mod")
	now=$(cd "$root" && go env GOVERSION) || now=
	if [ -n "$now" ] && at_least "${now#go}" "$least"; then return 0; fi

	wanted=$(sed -n 's/^toolchain go//p' "$root/go.mod")
	wanted=${wanted:-$least}
	local arch dir room
	case $(uname -m) in
	x86_64) arch=amd64 ;;
	aarch64) arch=arm64 ;;
	*) fail "Go here is too old, and none is known for $(uname -m): install Go $wanted by hand" ;;
	esac
	say "Go here cannot build this (go.mod asks for $least): fetching Go $wanted into .tools"
	room=$(mktemp -d)
	# In a folder of its own: an old Go cannot even read our go.mod. The download is checked against the checksum database.
	if ! (cd "$room" && echo 'module fetch' >go.mod && GO111MODULE=on GOFLAGS=-modcacherw GOMODCACHE=$room/mod \
		go mod download "golang.org/toolchain@v0.0.1-go$wanted.linux-$arch"); then
		rm -rf "$room"
		fail "Go $wanted could not be fetched: is the Go module proxy in reach?"
	fi
	dir=$room/mod/golang.org/toolchain@v0.0.1-go$wanted.linux-$arch
	chmod +x "$dir"/bin/* "$dir"/pkg/tool/*/* # module archives carry no x bit
	mkdir -p "$tools"
	rm -rf "$tools/go"
	mv "$dir" "$tools/go"
	rm -rf "$room"
	hash -r
	say "$(cd "$root" && go version)"
}

# node_fits VERSION: what the frontend's build and tests run on.
node_fits() {
	case $1 in
	v20.*) at_least "$1" v20.19 ;;
	*) at_least "$1" v22.12 ;;
	esac
}

# ready_node: a Node that fits, from the npm registry when the machine's is too old.
ready_node() {
	if node_fits "$(node --version 2>/dev/null || echo v0)"; then return 0; fi
	local arch log
	case $(uname -m) in
	x86_64) arch=x64 ;;
	aarch64) arch=arm64 ;;
	*) fail "Node here is too old, and none is known for $(uname -m): install Node 22 by hand" ;;
	esac
	say "Node $(node --version) is too old (20.19 or newer): fetching Node $node_version into .tools"
	log=$root/build/bin/setup.log
	mkdir -p "$tools" "$root/build/bin"
	if ! (cd "$tools" && npm install --prefix . --no-save --no-package-lock --no-audit --no-fund \
		"node-linux-$arch@$node_version" "npm@$npm_version") >"$log" 2>&1; then
		tail -n 25 "$log" >&2
		fail "Node $node_version could not be fetched: is the npm registry in reach?"
	fi
	hash -r
	say "Node $(node --version), npm $(npm --version)"
}

[ $# -gt 0 ] || fail 'say what for: build/setup.sh build, test, bench, package, lint or try, or several of them'
for purpose; do
	case $purpose in
	build) list_build ;;
	test) list_test ;;
	bench) list_bench ;;
	package) list_package ;;
	lint) list_lint ;;
	try) list_try ;;
	*) fail "nothing is known about \"$purpose\": build, test, bench, package, lint or try" ;;
	esac
done
install
for purpose; do
	case $purpose in
	build)
		ready_go
		ready_node
		;;
	test)
		# Ubuntu has Chromium as a snap alone, which a script cannot rely on (no snap daemon in a container,
		# and a snap sees neither /tmp nor hidden folders). So there a person chooses.
		browser || fail "no browser for the tests. On Ubuntu: install Google Chrome's .deb, or name a Chromium with CHROMIUM=/path/to/it"
		;;
	esac
done
