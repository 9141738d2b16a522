#!/usr/bin/env bash
# Runs targets of the Makefile one after another, says which one it is at, and stops at the first that fails.
#
#   build/steps.sh NAME TARGET...
#
# Test runners leave what they counted in build/bin/count/*, one line "WHAT PASSED FAILED SKIPPED"; the last
# line sums up what the steps of this run counted.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
name=$1
shift
counts=build/bin/count
rm -rf "$counts"
mkdir -p "$counts"

SECONDS=0
at=0
for target in "$@"; do
	at=$((at + 1))
	printf '\n==> %s %d/%d: %s\n' "$name" "$at" "$#" "$target"
	if ! "${MAKE:-make}" --no-print-directory "$target"; then
		printf '\n%s FAILED at "%s"; the reason stands above. Again, alone: make %s\n' "$name" "$target" "$target" >&2
		exit 1
	fi
done

printf '\n'
find "$counts" -type f -exec awk -v name="$name" -v seconds="$SECONDS" '
	{ passed += $2; failed += $3; skipped += $4; parts = parts (parts == "" ? "" : ", ") $1 " " $2 }
	END {
		if (passed + failed == 0) printf "%s: all steps done in %d s\n", name, seconds
		else printf "%s: %d passed, %d failed%s (%s) in %d s\n", name, passed, failed,
			(skipped ? ", " skipped " skipped" : ""), parts, seconds
	}' /dev/null {} +
