#!/usr/bin/env bash
# The long tests: those behind the build tag "torture", then every fuzz target for a while.
#
#   build/torture.sh TAGS FUZZTIME
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
tags=$1
fuzztime=$2

mapfile -t rooms < <(grep -rlE '^//go:build .*\btorture\b' --include='*_test.go' app internal | xargs -r dirname | sort -u | sed 's|^|./|')
if [ ${#rooms[@]} -gt 0 ]; then
	echo "==> long tests: ${rooms[*]}"
	go test -tags "$tags,torture" -run Torture -count=1 -timeout 120m -v "${rooms[@]}"
fi

build/fuzz.sh "$tags" "$fuzztime"

echo "make torture: ${#rooms[@]} packages of long tests and every fuzz target held"
