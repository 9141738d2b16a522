#!/usr/bin/env bash
# Opens the cockpit on a throw-away data folder in which an incident has been running for half an hour.
# Nothing of yours is touched, no route leads outside, and the folder goes when the cockpit quits.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=$(mktemp -d "${TMPDIR:-/tmp}/quarterdeck-demo.XXXXXX")
trap 'rm -rf "$data"' EXIT

qd() { build/bin/qd --data "$data" "$@" >/dev/null; }
ago() { date -u -d "-$1 minutes" +%Y-%m-%dT%H:%M:%SZ; }

echo "demo: writing an incident into $data"
qd declare --title "Checkout answers slowly" --severity SEV2 \
	--summary "About a third of orders take over ten seconds; none are lost." \
	--environment production --region eu-west --service checkout --service payments \
	--source alert --started-at "$(ago 41)" --detected-at "$(ago 34)" --declared-at "$(ago 30)"
qd note --at "$(ago 29)" "Latency of checkout rose from 300 ms to 11 s at the 95th percentile"
qd note --at "$(ago 26)" --kind hypothesis "The connection pool of payments is exhausted since the last release"
qd note --at "$(ago 24)" --kind action --owner ben --minutes 10 "Compare pool use before and after the release"
qd note --at "$(ago 17)" --kind decision --basis "Pool use doubled with the release; no schema change in it" \
	--tradeoff "The new receipt layout goes too" "Roll payments back to the previous release"
qd note --at "$(ago 15)" --kind action --owner dee --minutes 15 "Roll payments back, one region first"
qd note --at "$(ago 6)" --kind question "Do we owe partners a note while orders are only slow?"

build/bin/quarterdeck --data "$data" "$@"
