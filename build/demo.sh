#!/usr/bin/env bash
# Opens the cockpit in the middle of an incident: a story is written into a throw-away data folder, shifted in
# time so that its halfway point is now, and every clock runs on from there. Nothing of yours is touched, no
# route leads outside, and the folder goes when the cockpit quits.
#
#   STORY=gitlab-2017 build/demo.sh [the cockpit's own arguments, such as --browser]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=$(mktemp -d "${TMPDIR:-/tmp}/quarterdeck-demo.XXXXXX")
trap 'rm -rf "$data"' EXIT
trap : INT TERM HUP # the cockpit gets the signal too, and the folder goes only after it has ended

build/bin/play --data "$data" --story "${STORY:-gitlab-2017}"
build/bin/quarterdeck --data "$data" "$@"
