#!/usr/bin/env bash
# Tries a Debian package in a clean root: installs it with dpkg, starts the cockpit for a user under a virtual
# display, raises the quick note of its menu entry, writes from a shell, purges it, and compares every file of the
# root with what stood there before. Nothing but the user's data folder and caches may be left.
#
#   build/package/clean.sh FILE.deb [SUITE]        (needs root, debootstrap and a Debian mirror; SUITE is bookworm)
set -euo pipefail

deb=$(readlink -f "$1")
suite=${2:-bookworm}
[ "$(id -u)" -eq 0 ] || { echo "clean: run it as root: sudo $0 $*" >&2 && exit 1; }

work=$(mktemp -d /var/tmp/quarterdeck-clean.XXXXXX)
root=$work/root
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
user() { chroot --userspec=2000:2000 "$root" env -i PATH=/usr/bin:/bin HOME=/home/commander USER=commander LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=/run/user/2000 "$@"; }
leave() {
	[ ! -s "$work/session" ] || kill -- "-$(cat "$work/session")" 2>/dev/null || true
	for place in dev/shm dev sys proc; do umount "$root/$place" 2>/dev/null || umount -l "$root/$place" 2>/dev/null || true; done
	rm -rf "$work"
}
trap leave EXIT
say() { printf 'clean: %s\n' "$*"; }

say "a new $suite"
debootstrap --variant=minbase "$suite" "$root" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount --bind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
inside useradd --create-home --uid 2000 commander
install -d -m 700 -o 2000 -g 2000 "$root/run/user/2000"

say "what the package depends on, and a display to try it on"
{
	inside apt-get update -qq
	inside apt-get install -qq -y --no-install-recommends xvfb xauth dbus dbus-x11 dunst xdotool procps desktop-file-utils
	inside apt-get satisfy -qq -y --no-install-recommends "$(dpkg-deb -f "$deb" Depends)"
} >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }

# every file but what the system itself writes while it runs
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./run -o -path ./var/cache/apt -o -path ./var/log -o -path './var/lib/dpkg/*-old' \) -prune -o -printf '%p\n' | LC_ALL=C sort); }
files >"$work/before"

say "dpkg -i $(basename "$deb")"
cp "$deb" "$root/tmp/quarterdeck.deb"
inside dpkg -i /tmp/quarterdeck.deb >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
inside desktop-file-validate /usr/share/applications/quarterdeck.desktop

# until WHAT COMMAND...: it comes true within a minute.
until_() {
	local what=$1 n
	shift
	for n in $(seq 300); do
		"$@" >/dev/null 2>&1 && { say "$what"; return; }
		read -rt 0.2 <>"$work/never" || true
	done
	echo "clean: after a minute still not: $what" >&2
	cat "$work/out" >&2
	exit 1
}
mkfifo "$work/never"

user qd config set name commander
user qd declare --title "A package is tried" >>"$work/out"

setsid chroot --userspec=2000:2000 "$root" env -i PATH=/usr/bin:/bin HOME=/home/commander USER=commander LC_ALL=C.UTF-8 \
	XDG_RUNTIME_DIR=/run/user/2000 xvfb-run -n 77 -s '-screen 0 1440x900x24' dbus-run-session -- sh -c 'dunst & exec quarterdeck' >"$work/out" 2>&1 &
echo $! >"$work/session"
window() { user DISPLAY=:77 XAUTHORITY="$(ls -t "$root"/tmp/xvfb-run.*/Xauthority | head -n 1 | sed "s|^$root||")" xdotool "$@"; }
until_ "the window is there" window search --onlyvisible --name Quarterdeck

until_ "it shows the open incident" window search --onlyvisible --name INC-1
quick=$(sed -n '/^\[Desktop Action/,$ s/^Exec=//p' "$root/usr/share/applications/quarterdeck.desktop" | head -n 1)
say "the menu entry's quick note: $quick"
user $quick >>"$work/out" 2>&1
user qd note "written from the shell"
typed() { window search --onlyvisible --name INC-1 windowfocus type --delay 20 "typed as a quick note"; window key Return; }
typed
until_ "what was typed is in the log" sh -c "chroot --userspec=2000:2000 '$root' env HOME=/home/commander qd timeline INC-1 | grep -q 'typed as a quick note'"

kill -- "-$(cat "$work/session")" 2>/dev/null || true
until_ "the cockpit has ended" sh -c "! chroot '$root' pgrep -x quarterdeck"
: >"$work/session"
user qd verify INC-1

say "dpkg --purge quarterdeck"
inside dpkg --purge quarterdeck >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
files >"$work/after"
# The data folder is the user's, and ~/.cache is what the webview and the graphics libraries may lose at any time.
left=$(LC_ALL=C comm -13 "$work/before" "$work/after" |
	grep -vE '^\./home/commander/(\.local(/share(/quarterdeck(/.*)?)?)?|\.cache(/.*)?)$' || true)
gone=$(LC_ALL=C comm -23 "$work/before" "$work/after" || true)
if [ -n "$left$gone" ]; then
	printf 'clean: left behind:\n%s\nclean: gone:\n%s\n' "$left" "$gone" >&2
	exit 1
fi
say "nothing is left but the data folder and the caches of the account"
