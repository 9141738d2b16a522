#!/usr/bin/env bash
# Asks the two databases of known vulnerabilities about everything that the product is built from.
#
#   build/audit.sh TAGS
#
# GOVULNDB is another address of Go's database, a file:// of a copy for instance.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
tags=$1
failed=0

echo "==> Go: govulncheck"
go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ${GOVULNDB:+-db "$GOVULNDB"} -tags "$tags" ./... || failed=1

echo "==> frontend: npm audit"
(cd frontend && npm audit) || failed=1

[ "$failed" -eq 0 ] || echo "make audit: something is known, or a database could not be asked; see above" >&2
exit "$failed"
