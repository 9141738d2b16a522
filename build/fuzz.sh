#!/usr/bin/env bash
# Every fuzz target for a while: for EACH, or for equal parts of ten minutes.
#
#   build/fuzz.sh TAGS [EACH]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
tags=$1

mapfile -t targets < <(grep -rE '^func Fuzz[A-Za-z0-9_]+\(' --include='*_test.go' app internal | sort)
each=${2:-$(((600 + ${#targets[@]} - 1) / ${#targets[@]}))s}

for target in "${targets[@]}"; do
	file=${target%%:*}
	name=${target#*:func }
	name=${name%%(*}
	echo "==> fuzz $name in $(dirname "$file") for $each"
	# By itself Go makes each interesting input smaller for up to a minute: nearly all of so short a time.
	go test -tags "$tags" -run '^$' -fuzz "^$name\$" -fuzzminimizetime 200x -fuzztime "$each" "./$(dirname "$file")"
done

echo "${#targets[@]} fuzz targets held, each for $each"
