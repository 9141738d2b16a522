# An everyday incident in good order, made up: every time and word is ours.

story Checkout answers slowly
about About a third of orders take over ten seconds; none are lost.
start 2025-01-08 14:00
people ana, ben, dee

T+0:00
as ana
declare SEV2 Checkout answers slowly
milestone started T-0:07
milestone detected T-0:03
note Latency of checkout rose from 300 ms to 11 s at the 95th percentile
impact A third of orders take over ten seconds; none are lost
role operations: ben
role communications: dee
check assess.who done: a third of those who order
check assess.data done: none touched; ben looked

T+0:03
hypothesis The connection pool of payments is exhausted since the last release
? Do we owe partners a note while orders are only slow?
update responders investigating next 30m by "chat": Orders are slow. ben looks at payments, dee tells those who ask.
  Say what you see; change nothing unasked.
update leadership investigating next 45m by "mail": SEV2: orders are slow, none are lost. ana commands.

T+0:07
note Pool use doubled with the release an hour ago; errors are flat
phase investigate

T+0:11
! Roll payments back to the previous release because pool use doubled with it, and no schema changed
  but the new receipt layout goes too
phase mitigate
goal Orders as quick as before the release

T+0:13
@ben Roll payments back, one region first 12m
as dee
update customers identified next 12m by "status page": Some orders take longer than usual to go through.
  No order is lost, and we are working on it.
update support identified next 25m by "chat": Checkout is slow for about a third of orders. No order is lost.
  We are rolling back a release.

T+0:18
as ana
note ben: the first region is back on the previous release, and its latency falls
expect phase mitigate
expect promise customers in 7m
expect promise customers nominal
expect action Roll payments in 7m
restart
halfway

T+0:22
as dee
expect promise customers in 3m
update customers identified next 20m by "status page": We are taking a change back; waits are getting shorter.
as ben
done Roll payments back: all regions, latency at 310 ms
as ana
phase verify
answer partners a note: no; nobody was cut off

T+0:30
as dee
update responders monitoring next 30m by "chat": Relief. Watching the 95th percentile; no changes, please.
update support monitoring next 30m by "chat": It should be quick again. Ask callers to try once more.
update customers monitoring next 30m by "status page": Orders go through as usual again. We are watching.

T+0:40
as ana
exit user-path met: an order from outside took 2 s
exit measures met: normal for 15 minutes
exit backlog met: no order waits
exit data met: ben compared orders and payments
exit temporary met: the old release stays, owner ben
exit last-posts met: they go out with this
phase resolved
as dee
update customers resolved by "status page": This is resolved. Some orders took longer than usual; none were lost. We are sorry.
update support resolved by "chat": It is over; no leftovers.
update leadership resolved by "mail": Resolved; no order was lost.
update responders resolved by "chat": Resolved, all criteria met. Thank you.
+ Size the pool by load, and alert on its use
+ Bring the new receipt layout back
retro ana: T+48:00

T+1:00
as ana
refuse phase closed
expect cleanup 3
judged a third of those who order, about 2,300 people: orders took over ten seconds; none were lost
followup detect ben: Alert when the pool is nearly used up

# The next day each answers what the record cannot tell, once.
T+22:00
effort leaving ana: 5m
effort refocusing ana: 25m
as ben
effort leaving ben: 10m
effort refocusing ben: 45m
as dee
effort leaving dee: 5m
effort refocusing dee: 10m
expect cleanup 1

T+49:30
as ana
shared all of engineering and support: a page in the wiki
effort writing ana: 40m
expect cleanup 0
phase closed
expect phase closed
expect next nothing
finished Alert when the pool: it rang in a test
