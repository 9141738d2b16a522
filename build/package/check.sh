#!/usr/bin/env bash
# Looks a Debian package over: what lintian finds (an error fails, a warning is shown), whether its manual pages
# read without complaint, and whether its programs are there and say their versions.
#
#   build/package/check.sh FILE.deb
set -euo pipefail

deb=$1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
dpkg-deb -x "$deb" "$room"

run_as=()
if [ "$(id -u)" -eq 0 ]; then run_as=(--allow-root); fi
lintian "${run_as[@]}" --tag-display-limit 0 --fail-on error "$deb"

for page in "$room"/usr/share/man/man1/*.gz; do
	said=$(MANROFFSEQ='' man --warnings -l "$page" 2>&1 >/dev/null)
	[ -z "$said" ] || { printf '%s: %s\n' "${page##*/}" "$said" >&2 && exit 1; }
done
for name in quarterdeck qd; do
	said=$("$room/usr/bin/$name" --version)
	[ "${said%% *}" = "$name" ] || { printf '%s --version says "%s"\n' "$name" "$said" >&2 && exit 1; }
done
bash -n "$room/usr/share/bash-completion/completions/qd"
echo "${deb##*/} is in order"
