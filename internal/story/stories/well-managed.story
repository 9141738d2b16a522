# An example that circulates in guides on incident response: data centres fail one after the
# other, one person commands, another works on the cause, an expert is called, and command is
# handed on before anybody is worn out. Told in our own words and by roles. The example gives no
# times and no wording: the ones here are ours, chosen so that every promise is kept.

story A well-managed incident: data centres fail one after the other
zone UTC
start 2025-01-08 10:00
people engineer, commander, developer, next commander, next engineer, head of support

T+0:00
as commander
declare SEV3 Two data centres are down; the others carry the load
role operations: engineer
milestone started T-0:12
milestone detected T-0:10
milestone acknowledged T-0:09
note Engineer asked for somebody to take command while he goes on looking; I have it
expect commander commander
expect term 1
expect next item declare.start

earlier T-0:10
as engineer
note Paged: one data centre is down
earlier T-0:03
note A second alert: another data centre is down
as commander

T+0:04
phase assess
impact Users notice nothing yet; the data centres that are left carry the load
goal Keep the third data centre up and bring the other two back
check assess.who done: nobody yet
check assess.trend done: worse; two alerts in ten minutes
note Rundown with engineer: if a third data centre goes, users will feel it
check assess.data done: no data is touched

T+0:06
phase communicate
update responders investigating next 30m by "mail list": Two data centres are down. Engineer works on it, I command.
  If a third one goes, users will feel it. Say what you see; change nothing unasked.
update support investigating next 1h by "mail list": Two data centres are down; users notice nothing yet. Next word in an hour.
update leadership investigating next 1h by "mail list": SEV3: two data centres are down, users notice nothing yet. I command.
role communications: head of support
expect promise responders in 30m
expect promise customers in 54m

T+0:10
phase staff
check staff.hands done: engineer works on it, not I
phase investigate
@engineer compare what changed in both data centres before they went down 15m
? What do the two data centres share that the others do not?

T+0:25
expect action compare caution
extend compare what changed: 10m
note Engineer: both took the same network update in the night

T+0:33
expect promise responders caution
expect next promise-soon responders
update responders investigating next 30m by "mail list": Both data centres took the same network update in the night. Still looking.
expect promise responders nominal

T+0:38
as engineer
note A third alert: a third data centre is down
as commander
update customers investigating next 30m by "status page": Some customers cannot reach the service. We are looking into it.
severity SEV2: a third data centre is down and users feel it
impact Users in one region cannot reach the service
done compare what changed: the network update is the one thing in common
update responders identified next 30m by "mail list": A third data centre is down; SEV2 now. The network update is suspected.
update support identified next 30m by "mail list": Users in one region cannot reach the service. Say: we know and are on it.
update leadership identified next 1h by "mail list": SEV2: users in one region cannot reach the service. I command.
cause The network update of the night
answer two data centres share: The network update of the night.

T+0:44
note Developer on call is alerted: nobody knows the data centres better
@developer read the incident log and say what to try first 10m
phase mitigate

T+0:52
as developer
done read the incident log: take the update back in one data centre, then look
as commander
! Take the network update back in one data centre first because it is what the three share but its security fixes go with it
@developer take the network update back in the first data centre 30m

T+1:05
update customers identified next 30m by "status page": Users in one region cannot reach the service. We are taking a change back.
update responders identified next 1h by "mail list": Taking the network update back in one data centre first.
update support identified next 1h by "mail list": No change for users yet; a change is being taken back.

T+1:22
expect promise customers nominal
as developer
drop take the network update back: the routers do not come up with the old version either
as commander
note First try did not help; the log has what was tried
@developer bring one router up by hand with a clean configuration 1h

T+1:30
update customers identified next 1h by "status page": Taking the change back did not help. We are working on another way.
update leadership identified next 1h by "mail list": First remedy did not help; a second one is under way.

T+2:00
update responders identified next 2h by "mail list": The update is not all of it. One router is being brought up by hand.
update support identified next 2h by "mail list": No change for users; work goes on.

T+2:20
as developer
done bring one router up: it stays up; two hours for each data centre
as commander
! Rebuild the routers one data centre at a time because one has stayed up but it takes the rest of the day
@developer rebuild the routers of the first data centre 2h

T+2:25
update customers identified next 2h by "status page": We have found a way that works. It will take several hours.
update leadership identified next 2h by "mail list": A remedy works; it takes the rest of the day.
halfway

T+3:55
update responders identified next 2h by "mail list": The routers of the first data centre are half rebuilt.
update support identified next 2h by "mail list": Recovery is under way in the first data centre.

T+4:15
as developer
done rebuild the routers of the first: it carries load again
as commander
update customers identified next 2h by "status page": One of three data centres is back; users see shorter waits.
update leadership identified next 4h by "mail list": One of three data centres is back.
@developer rebuild the routers of the second data centre 3h
restart

T+5:00
expect duty caution
note Everybody has worked since the morning; I look for people to take over
+ Have a second commander named from the start of each long incident

T+5:50
update responders identified next 2h by "mail list": The second data centre follows. A new team takes over within the hour.
update support identified next 3h by "mail list": One data centre is back, the second one follows.

T+6:10
update customers identified next 2h by "status page": Recovery goes on in the second data centre.

T+6:20
note Video call with the new team: what happened, what runs, what is promised, what could get worse
role operations: next engineer
role commander: next commander
expect commander next commander
expect term 2
expect duty nominal
as next commander
check handoff.brief done: given on the call
check handoff.read-back done: said back on the call
update responders identified next 2h by "mail list": I command from now on. Go home and rest, and thank you.
drop rebuild the routers of the second: handed over
@next engineer rebuild the routers of the second data centre 2h
refuse role commander: next commander

T+8:05
as next engineer
done rebuild the routers of the second: it carries load again
as next commander
update customers identified next 3h by "status page": Two of three data centres are back; most users notice nothing any more.
update support identified next 3h by "mail list": Two of three data centres are back.
update leadership identified next 3h by "mail list": Two of three data centres are back.
update responders identified next 3h by "mail list": Two of three are back; the third one is being rebuilt.
@next engineer rebuild the routers of the third data centre 3h

T+10:20
as next engineer
done rebuild the routers of the third: all three carry load
as next commander
phase verify
update customers monitoring next 1h by "status page": The service has recovered. We are watching it.
update support monitoring next 1h by "mail list": It should work again. Ask callers to try once more.
update leadership monitoring next 1h by "mail list": The impact has stopped; we are watching.
update responders monitoring next 1h by "mail list": Relief. No changes for an hour, please.
refuse phase resolved

T+10:50
exit user-path met: a page loads from outside in every region
exit measures met: normal for 30 minutes
exit backlog met: queues are empty
exit data met: checked by next engineer
exit temporary met: the clean router configuration belongs to developer
exit last-posts met: they go out with this

T+10:55
expect promise customers nominal
phase resolved
update customers resolved by "status page": This is resolved. Users in one region could not reach the service. We are sorry.
update support resolved by "mail list": It is over; no leftovers.
update leadership resolved by "mail list": Resolved. A retrospective follows.
update responders resolved by "mail list": Resolved, all criteria met. Thank you.
retro commander: T+100:00
restart

T+22:30
as engineer
note Back at work: it was mitigated in the night, and the retrospective is being written
+ Roll network updates out to one data centre at a time
+ Write down how to bring a router up by hand
+ Alert when two data centres fail within an hour
judged users of one region, about a fifth of all: they could not reach the service for two hours
back commander
back engineer
back developer
back head of support
as next commander
refuse phase closed
back next commander
back next engineer
expect cleanup 1

# The retrospective has been held.
T+102:00
as commander
shared everybody in engineering and support: the page of the incident
expect cleanup 0
as next commander
phase closed
expect phase closed
expect followups 4
expect term 2
expect next nothing
