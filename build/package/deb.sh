#!/usr/bin/env bash
# Makes a Debian package of what was built.
#
#   build/package/deb.sh VERSION BIN
#
# BIN holds quarterdeck and qd, and gets quarterdeck_VERSION_ARCHITECTURE.deb. VERSION is what `git describe`
# says. DEBFULLNAME and DEBEMAIL name the person who stands for the package, as with Debian's own tools.
# The same sources, tools and SOURCE_DATE_EPOCH (default: the last commit's time) give the same bytes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
from=$root/build/package
described=$1
bin=$(cd "$2" && pwd)

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8
when() { date -u -d "@$SOURCE_DATE_EPOCH" "$@"; }

# A Debian version begins with a digit and sorts: v1.2.3 is 1.2.3, four commits later is 1.2.3+4.gHASH, and what
# comes before any release stands below all of them, by its time.
case $described in
v[0-9]*) version=${described#v} ;;
*) version=0~$(when +%Y%m%d%H%M).$described ;;
esac
version=${version//-/+}
arch=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-Quarterdeck maintainers} <${DEBEMAIL:-maintainers@quarterdeck.invalid}>"

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
tree=$room/quarterdeck
umask 022

# put MODE FILE PLACE: one file into the package.
put() { install -D -m "$1" "$2" "$tree/$3"; }
# filled FILE: its text, with the version and the day in it.
filled() { sed -e "s/@VERSION@/$version/g" -e "s/@DATE@/$(when +%F)/g" "$1"; }
# write PLACE: standard input as a file of the package; packed when the name ends in .gz.
write() {
	mkdir -p "$(dirname "$tree/$1")"
	case $1 in
	*.gz) gzip -9n >"$tree/$1" ;;
	*) cat >"$tree/$1" ;;
	esac
	chmod 644 "$tree/$1"
}

# third_party: the licences of everything that is compiled in.
third_party() {
	local what dir files
	{
		printf 'go %s\n' "$(go env GOROOT)"
		{ go version -m "$bin/quarterdeck"; go version -m "$bin/qd"; } | awk '$1 == "dep" { print $2 }' | sort -u |
			while read -r what; do (cd "$root" && go list -m -f '{{.Path}}@{{.Version}} {{.Dir}}' "$what"); done
		for what in svelte esm-env virtua @fontsource-variable/inter @fontsource/jetbrains-mono; do # what the page is made of
			printf '%s %s\n' "$what" "$root/frontend/node_modules/$what"
		done
	} | while read -r what dir; do
		files=$(find "$dir/" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' \) | sort)
		[ -n "$files" ] || { echo "deb: $what comes with no licence in $dir" >&2 && return 1; }
		printf '%s\n\n' "==== $what ===="
		while read -r file; do
			sed 's/\r$//' "$file"
			echo
		done <<<"$files"
	done
}

# changes: what the changelog says first, in Debian's form.
changes() {
	printf 'quarterdeck (%s) unstable; urgency=medium\n\n' "$version"
	awk '/^## / { if (seen++) exit; next }
		/^- / { if (text) print text; text = "  * " substr($0, 3); next }
		seen && NF && text { sub(/^ +/, ""); text = text " " $0 }
		END { print text }' "$root/CHANGELOG.md" | fold -s -w 76 | sed 's/ *$//; /^  \* /! s/^/    /'
	printf '\n -- %s  %s\n' "$maintainer" "$(when -R)"
}

put 755 "$bin/quarterdeck" usr/bin/quarterdeck
put 755 "$bin/qd" usr/bin/qd
put 644 "$from/quarterdeck.desktop" usr/share/applications/quarterdeck.desktop
put 644 "$from/autostart.desktop" usr/share/quarterdeck/autostart/quarterdeck.desktop
put 644 "$root/assets/icon/quarterdeck.svg" usr/share/icons/hicolor/scalable/apps/quarterdeck.svg
for size in 16 22 24 32 48 64 128 256 512; do
	rsvg-convert -w $size -h $size "$root/assets/icon/quarterdeck.svg" | write usr/share/icons/hicolor/${size}x$size/apps/quarterdeck.png
done
filled "$from/quarterdeck.metainfo.xml" | write usr/share/metainfo/quarterdeck.metainfo.xml
filled "$from/quarterdeck.1" | write usr/share/man/man1/quarterdeck.1.gz
"$bin/qd" man | write usr/share/man/man1/qd.1.gz
"$bin/qd" completion bash | write usr/share/bash-completion/completions/qd
"$bin/qd" completion zsh | write usr/share/zsh/vendor-completions/_qd
"$bin/qd" completion fish | write usr/share/fish/vendor_completions.d/qd.fish
put 644 "$from/copyright" usr/share/doc/quarterdeck/copyright
third_party >"$room/third-party"
write usr/share/doc/quarterdeck/third-party.gz <"$room/third-party"
changes | write usr/share/doc/quarterdeck/changelog.gz

desktop-file-validate "$tree/usr/share/applications/quarterdeck.desktop" "$tree/usr/share/quarterdeck/autostart/quarterdeck.desktop"
# There is no domain to name it after.
appstreamcli validate --no-net --override=cid-desktopapp-is-not-rdns=info "$tree/usr/share/metainfo/quarterdeck.metainfo.xml" >"$room/said" ||
	{ cat "$room/said" >&2 && exit 1; }

# The C library is the one thing that must not be older than where this was linked.
libc=$(objdump -T "$bin/quarterdeck" "$bin/qd" | grep -o 'GLIBC_[0-9.]*' | sort -V | tail -n 1)
mkdir "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<END
Package: quarterdeck
Version: $version
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$tree/usr" | cut -f 1)
Depends: libc6 (>= ${libc#GLIBC_}), libgdk-pixbuf-2.0-0, libglib2.0-0 | libglib2.0-0t64, libgtk-3-0 | libgtk-3-0t64, libjavascriptcoregtk-4.1-0, libsoup-3.0-0, libwebkit2gtk-4.1-0, gstreamer1.0-plugins-base, gstreamer1.0-plugins-good
Recommends: dbus-user-session | dbus-x11, gstreamer1.0-pulseaudio | gstreamer1.0-pipewire | gstreamer1.0-alsa, notification-daemon | dunst, xdg-utils
Section: admin
Priority: optional
Description: incident commander's cockpit
 One window from which one person, under stress, at night, with half of the
 company's tools down, runs a major incident: typing is a note, every update
 promises the next one and rings when it is due, and one line names what to do
 now. It works without a network, a server or an account.
 .
 The package brings the cockpit, quarterdeck, and qd, which writes into the same
 log from a shell.
END
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
chmod 644 "$tree"/DEBIAN/*
find "$tree" -exec touch --no-dereference -d "@$SOURCE_DATE_EPOCH" {} +

deb=$bin/quarterdeck_${version}_$arch.deb
rm -f "$bin"/quarterdeck_*_"$arch".deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$deb" >/dev/null
printf '%s (%s)\n' "${deb#"$root"/}" "$(du -h "$deb" | cut -f 1)"
