#!/usr/bin/env bash
# Opens the cockpit on a throw-away data folder in which an incident has been running for a while.
# Nothing of yours is touched, no route leads outside, and the folder goes when the cockpit quits.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=$(mktemp -d "${TMPDIR:-/tmp}/quarterdeck-demo.XXXXXX")
trap 'rm -rf "$data"' EXIT
trap : INT TERM HUP # the cockpit gets the signal too, and the folder goes only after it has ended

# What qd says on the side (that no cockpit is open yet) matters here only when it fails.
qd() {
	local said
	said=$(build/bin/qd --data "$data" "$@" 2>&1 >/dev/null) || {
		printf 'demo: qd %s\n%s\n' "$*" "$said" >&2
		exit 1
	}
}
ago() { date -u -d "-$1 minutes" +%Y-%m-%dT%H:%M:%SZ; }
me=$(getent passwd "$(id -u)" | cut -d: -f5 | cut -d, -f1)

echo "demo: writing an incident into $data"
qd config set name "${me:-$(id -un)}"
qd declare --title "Checkout answers slowly" --severity SEV2 \
	--summary "About a third of orders take over ten seconds; none are lost." \
	--environment production --region eu-west --service checkout --service payments \
	--source alert --started-at "$(ago 25)" --detected-at "$(ago 21)" --declared-at "$(ago 18)"
qd note --at "$(ago 18)" "Latency of checkout rose from 300 ms to 11 s at the 95th percentile"
qd log "/impact a third of orders take over ten seconds; none are lost"
qd role assign operations ben
qd role assign communications dee
qd note --at "$(ago 15)" --kind hypothesis "The connection pool of payments is exhausted since the last release"
qd note --at "$(ago 14)" --kind question "Do we owe partners a note while orders are only slow?"
qd note --at "$(ago 11)" "Pool use doubled with the release an hour ago; errors are flat"
qd phase investigate
qd note --at "$(ago 7)" --kind decision --basis "pool use doubled with the release, and no schema changed in it" \
	--tradeoff "the new receipt layout goes too" "Roll payments back to the previous release"
qd phase mitigate
qd note --at "$(ago 4)" --kind action --owner ben --minutes 12 "Roll payments back, one region first"
qd update --audience support --next 25m --text "Checkout is slow for about a third of orders. No order is lost. We are rolling back a release."
qd update --audience customers --next 9m --text "Some orders take longer than usual to go through. No order is lost, and we are working on it."

build/bin/quarterdeck --data "$data" "$@"
