package main

import (
	"testing"
	"time"
)

// An incident entered afterwards stands apart; its times are those that were given.
func TestMetricsKeepBackfillsApart(t *testing.T) {
	sh := newShell(t)
	sh.qd("config", "set", "name", "ana")
	sh.qd("declare", "--title", "old", "--backfill", "--started-at", "2026-11-01T10:00:00Z", "--detected-at", "2026-11-01T10:10:00Z", "--declared-at", "2026-11-01T10:15:00Z")
	m := ask[metricsView](sh, "metrics")
	sh.same([]any{m.Incidents, m.Backfills.Incidents, m.Backfills.MTTD.N, m.Backfills.MTTD.Median, m.Backfills.MTTA.Median}, []any{0, 1, 1, 600.0, 300.0}, "figures")
	sh.same(ask[metricsView](sh, "metrics", "--to", "2026-11-01T00:00:00Z").Backfills.Incidents, 0, "before it was declared")
	sh.has(sh.qd("metrics", "--csv"), "incident,title,severity", "INC-1,old", ",backfill,", "2026-11-01T10:10:00.000Z", ",600,300,")
	sh.same(ask[metricsView](sh, "metrics", "--service", "pay").Backfills.Incidents, 0, "of a service that it does not name")
	sh.refuses(misuse, "metrics", "--from", "2026-11-02T00:00:00Z", "--to", "2026-11-01T00:00:00Z")
}

func TestCostAndItsBlanks(t *testing.T) {
	sh := opened(t)
	sh.clock.Advance(10 * time.Minute)
	was := ask[costView](sh, "cost")
	sh.qd("effort", "refocusing", "25")
	c := ask[costView](sh, "cost")
	sh.same([]any{len(c.Phases), c.Total - was.Total, len(was.Blanks) - len(c.Blanks), c.Cost.Currency}, []any{22, int64(25), 1, "EUR"}, "the ledger")
	sh.has(sh.qd("cost"), "Getting back into earlier work", "asked")
	sh.refuses(failed, "effort", "idling", "5")
	sh.refuses(misuse, "effort", "refocusing", "long")
}
