# Retold in our own words from the public accounts of GitLab: the postmortem of 10 February
# 2017, the blog post of 1 February 2017, the running notes that were opened that night, and
# the tracking issue of the follow-ups. People appear by role only; "scribe" stands for
# whoever kept those notes.
#
# A time to the second was computed from the number in a link that the accounts give: it is
# when a message was posted. "~" is a time that they call approximate or disagree on; where
# they disagree, the blog post and the notes are followed. "between" is what they only put in
# order. No minute is made up.
#
# The accounts name no commander, no severity and no phase: whoever declares holds command
# here, and severity, phases and exit criteria are this kit's reading. They record one
# handover, that of the restore from engineer 1 to engineer 2, and not one time promised for a
# next update. None is made up, so the cockpit's clocks run late, and the story expects it.

story Database outage of GitLab.com, 31 January 2017
about Retold from the public accounts of GitLab, people by role. They name no commander: whoever
  declares stands in for one. Severity, phases and exit criteria are this kit's reading. Times
  marked approximate are so in the accounts, or only their order is known.
zone UTC
people engineer 1, engineer 2, engineer 3, engineer 4, engineer 5, engineer 6, engineer 7,
  chief executive, scribe

2017-01-31 19:00 ~
as engineer 1
declare SEV2 Many users cannot comment on issues and merge requests
role operations: engineer 1
milestone declared 2017-01-31 19:00 ~
milestone acknowledged 2017-01-31 18:00 ~
milestone detected 2017-01-31 18:00 ~
milestone started 2017-01-31 18:00 ~
milestone assessed 2017-01-31 19:00 ~
phase investigate
note Load on the database of GitLab.com is rising
expect commander engineer 1
expect term 1

earlier 2017-01-31 18:00 ~
note Spam accounts create snippets in bulk and the database is unstable; troubleshooting starts
earlier 2017-01-31 18:57:53
as scribe
note The load graph that the notes link to begins

between
hypothesis Spam is the cause: it looks like the load troubles of the week before
between
note Many users cannot comment on issues and merge requests
impact Many users cannot comment on issues and merge requests

2017-01-31 21:00 ~
# Nobody had been promised anything; the first notices that the level owes are what is late.
expect promise customers late 1h45m
expect promise responders late 1h30m
expect promise leadership late 1h30m
expect role communications late 1h50m
expect next promise-late customers
note Writes to the database lock up; for a time parts of the site are down
as engineer 1
severity SEV1: writes are locked up, and a core job is impossible for many

2017-01-31 21:09:40
update responders investigating by "company chat, infrastructure channel":
  The load of the database has jumped; it is being discussed here.
between
note The addresses that the spam comes from are being blocked, to stop the writes
phase mitigate
@engineer 1 block the addresses that the spam comes from
between
as scribe
note One account is removed that used a repository to serve files to the world: 47,000 addresses
  signed in with it, a large share of the load from sign-ins
between
note Infrastructure and support hear of the removed account
update support investigating by "company chat": An account that 47,000 addresses signed in with has been removed for its load.
update responders investigating by "company chat": An account that 47,000 addresses signed in with has been removed for its load.

2017-01-31 21:34:16
update customers investigating by "@gitlabstatus": A status post about the load spike; its words are not on record here.
expect told customers 1
# Told without a next time: nothing is promised, so nothing rings.
expect promise customers none
expect promise leadership late 2h4m

2017-01-31 21:56:10
update responders investigating by "company chat, infrastructure channel": Alert: replication to the secondary, db2, lags.

2017-01-31 22:00 ~
note Whoever is on call is paged: replication to db2 is so far behind that it has in effect stopped;
  the spike of writes outran it

2017-01-31 22:09:15
update support investigating by "company chat, support channel": The accounts that sent the spam have been removed.
between
note Load on the database is back to normal
as engineer 1
done block the addresses: the load is normal again
between
note Dead rows are cleaned up on tables by hand, to catch up after the storm of writes
between
note db2 is about 4 GB behind; attempts to repair it begin
@engineer 1 bring replication to db2 back 0m
severity SEV3: the load is normal again; what is left is a standby that does not follow, so redundancy is gone

2017-01-31 22:12:45
update responders identified by "company chat": Engineer 1: it is late here, I am about to sign off.
between
! Engineer 1 stays on because trouble with replication has just come up

2017-01-31 23:00 ~
note The log segments that db2 needs are gone from the primary, db1, and there is no archive of them:
  replication cannot resume by itself
cause db2 fell behind during the spike of writes, and the log segments that it needs are gone
expect duty caution
between
! Copy db2 anew by hand, with pg_basebackup from db1 into an empty data directory because without an archive
  of the log no other way is left but it takes the failover copy away
between
note The data directory on db2 is emptied for a clean start
between
note pg_basebackup hangs on db2 and says nothing useful, even when asked to say more
between
note After a few tries it reports that the primary allows too few replication connections (max_wal_senders)
between
! Raise max_wal_senders on db1 from 3, the default, to 32 for a while because the copy needs to connect
between
note PostgreSQL on db1, the live primary, is restarted: the setting asks for it
between
note PostgreSQL on db1 does not start: too many semaphores
between
hypothesis max_connections at 8000 asks for too many semaphores; odd, since it has run so for almost a year
earlier 2016-05-13
note max_connections of the primary is set to 8000; far above a sensible value, it works for almost a year
  and is not revisited
between
note max_connections is lowered from 8000 to 2000; PostgreSQL on db1 starts
between
note db2 no longer complains about connections and still does not replicate: it just hangs
between
@engineer 1 run pg_basebackup under strace to see what it waits for
between
note Under strace pg_basebackup waits in poll, and nothing else shows
done under strace: it waits in poll, and nothing else shows
between
as scribe
note Frustration sets in
between
as engineer 1
hypothesis The data directory on db2 makes pg_basebackup refuse, by being there or by files that earlier tries
  left in it; not sure, since it would normally print an error
# The notes put this near 23:00, the postmortem near 23:30. The removal was noticed within a
# second or two, so it stands right before the message that says it was stopped.
between
! Remove the data directory on the secondary, db2 because something in it seems to block the copy
between
as scribe
note The removal runs on the primary, db1, instead of the secondary, db2; the host names differ by one digit
between
note A second or two later engineer 1 sees which host it is

2017-01-31 23:27:10
as engineer 1
note The removal is stopped
update responders identified by "company chat": The data directory of the primary was removed instead of that of the
  secondary. The removal has been stopped.
severity SEV1: the data of the primary is gone, that of the secondary was emptied before
expect promise leadership in 15m
between
as scribe
note About 4.5 GB of some 300 GB are left on db1
between
! Take GitLab.com down because no data is left on the primary

2017-01-31 23:28:39
update customers identified by "@gitlabstatus": Emergency maintenance of the database; GitLab.com is going offline.
impact GitLab.com is offline for everybody; about 4.5 GB of some 300 GB of the database are left
goal Find the best copy of the database and bring it back
between
note Help is asked for on the company chat; the search for backups starts
update responders identified by "company chat": Help is needed; we are looking for backups of the database.
@engineer 1 find where the daily backups are stored
between
as engineer 1
note The place where the regular daily backups are stored cannot be found; neither an owner nor a place is plain
done daily backups are stored: not found
between
as engineer 2
note The regular backups seem broken: their files are only a few bytes long
between
as engineer 3
hypothesis pg_dump fails because its 9.2 binaries run against a 9.6 database
between
as scribe
hypothesis Older dumps may have been cleaned away by the library that uploads them
between
note The S3 bucket for the dumps is empty
between
note The disk snapshots of the provider, Azure, are on for the file servers and were never on for the database servers;
  the other backups had been thought enough
between
note Neither database host can be used: the data of both is gone
drop bring replication: neither host has data to replicate
between
hypothesis Option 1: bring back the staging database, about six hours old
earlier 2017-01-31 01:00
note The daily disk snapshot of production is copied to staging, as every day; meant for staging, not for
  disasters, it is nearly 24 hours old by now
earlier 2017-01-31 16:00 ~
as engineer 1
note Several PostgreSQL servers are being built in staging to try pgpool-II, which would spread queries away
  from the one primary
earlier 2017-01-31 17:20 ~
note An extra disk snapshot of production is taken by hand and loaded into staging, for load tests with fresher
  data than the daily copy has. It does not help to seed further replicas, a first base copy would take about
  20 hours, and the work is put aside: it needs a colleague who is off, and the load of production is rising
between
as engineer 4
note The staging copy has no webhooks: the synchronisation strips them so that staging does not fire them
? Where can the webhooks come from?
between
as scribe
hypothesis Option 2: restore the disk snapshot itself, about six hours old
between
as chief executive
? Can the deleted files be undeleted?
as engineer 4
answer undeleted: No, not after a recursive, forced removal. Accepted.
between
as engineer 5
? Can the disk be remounted read-only fast, or files be recovered through open handles?
between
as engineer 1
! Do not try to recover through open files because PostgreSQL does not hold all of them open, and the cloud disk
  gives deleted blocks up quickly
answer remounted: No; see the decision.
between
as engineer 3
note The staging host holds a second set of data, under gitlab_replicator, unaltered since the morning and
  good for webhooks
earlier 2017-01-31 05:53
note The second PostgreSQL process on the staging host, which followed db2, stopped because db2 was taken down
  over its lag; it was not noticed until now, and its data has not changed since

# The notes give an hour for this decision, the one before midnight.
2017-02-01 00:00 ~
as scribe
! Restore db1 from the staging database because it is the freshest copy there is, and the daily one is almost 24 hours
  old but about six hours of changes and the webhooks are given up
between
note Engineer 1 steps back from privileged commands for the day and hands the restore to engineer 2
as engineer 1
role operations: engineer 2
@engineer 2 restore db1 from the staging database 0m
expect role operations: engineer 2

2017-02-01 00:36
as engineer 2
@engineer 2 back up the staging database before anything touches it
expect phase mitigate
expect severity SEV1
expect actions 2
expect questions 1
expect action back up in 10m
expect promise leadership late 53m
expect promise leadership warning
expect role communications late 5h26m
expect duty late 1h36m
expect commander engineer 1
expect next promise-late leadership
restart
halfway

2017-02-01 00:44:16
as scribe
update customers identified by "@gitlabstatus": Production data was deleted by accident, and a restore may be needed.
  The running notes are public, at the link.
between
note The running notes are opened to the public, so that all can follow; a name in them becomes initials, later numbers
update customers identified by "public document": The running notes of the recovery, for everybody.

2017-02-01 00:55
as engineer 2
expect action back up late 9m
note The staging data is mounted on db1
done back up the staging: when it ended is not on record; the mount came next
between
as scribe
! Copy the data directory of PostgreSQL, not the disk snapshot because the volume is the same either way and a directory is
  easier to restore
between
note The copy of the staging data directory to production begins

2017-02-01 01:05
as engineer 2
note A server of the NFS shares is taken over as room to keep what is left

2017-02-01 01:18
note What remains of the production data, its transaction log included, is packed into an archive, to keep the
  evidence and the last fragments

2017-02-01 01:58
@engineer 2 copy the staging data to production with rsync 0m
between
as scribe
note The raw snapshot is copied beside it: it may still hold the webhooks, which is not certain

2017-02-01 02:00
as engineer 4
update customers identified by "maintenance page": The page now explains why GitLab.com is offline.
between
as scribe
note The recovery is streamed on YouTube, where viewers can comment and get replies
update customers identified by "YouTube": The recovery can be watched live; questions are answered there.

2017-02-01 02:47:25
note A PostgreSQL committer from outside the company offers help in public

2017-02-01 03:00
as engineer 6
note About 50 % copied, by number of files

2017-02-01 04:00
as engineer 2
note 56.4 % copied, by number of files. Slow for two reasons: the traffic crosses two regions, us-east and
  us-east-2, and the disks of staging, chosen to save cost, stop at 60 Mb/s

2017-02-01 07:00
note An unsanitised copy is found on staging under gitlab_replicator; a helper machine, db-crutch, is started in
  us-east to back it up, as a second source for checks and webhooks
between
as scribe
! Use the helper machine only to check the state and to export webhooks because with 120 GB of memory it cannot carry
  production

2017-02-01 08:07
as engineer 2
note 42 % copied, by size of data; the count of files had looked better
between
as scribe
note An outside operator of PostgreSQL sends advice: a connection pooler, fewer connections, another backup tool.
  The chief executive asks to publish it in the notes

2017-02-01 15:45:07
note A collection of supportive posts, #hugops, is opened
between
note A summary is published on the blog, through a separate private GitLab: GitLab.com cannot build its own site
update customers identified by "blog": What happened, what is lost and how the restore goes.

2017-02-01 16:28
as engineer 2
note The copy of the data is complete
done with rsync: complete

2017-02-01 16:36
as scribe
note A snapshot of the database server is made, as a safe point before it is started

2017-02-01 16:45
as engineer 1
note Back at work: the restore checklist begins; configuration management is enabled again and run on the host
between
as scribe
note db1 goes from PostgreSQL 9.6.0 to 9.6.1 (package 8.16.3-EE.1): the staging data comes from 9.6.1, and an older
  server might not start on it

2017-02-01 16:53
note The database is started

2017-02-01 17:00
note The database is restored, still without webhooks
as engineer 2
done restore db1: restored, still without webhooks
as engineer 1
phase verify
expect actions 0
between
as scribe
note The address for error reports is corrected; errors would have gone to staging
between
note Record ids are moved forward on all tables, by 10,000 (the notes) or 100,000 (the postmortem), so that none given
  out before the loss comes twice
between
note The caches of the application are flushed
between
note Webhooks: a database is started from the snapshot before the stripping and checked; the table is dumped, copied
  and imported
answer webhooks come from: From a database that is started from the snapshot before the stripping.
between
note Workers are tested from a console, then started step by step
between
note The spammers and the account with 47,000 addresses are removed again: the restore had brought them back

2017-02-01 18:00 ~
note The last steps and checks of the restore are done
between
note The maintenance page is taken off

2017-02-01 18:14
refuse phase resolved
exit user-path met: the maintenance page is off and GitLab.com is online again
exit measures waived: no measure is on record in the accounts
exit backlog waived: projects without records are still to be rebuilt from their repositories
exit data waived: checks were made; the accounts do not say by whom
exit temporary waived: the accounts do not say who owned the settings of that night
exit last-posts met: the blog says that it is over; a closing post on @gitlabstatus follows
as engineer 1
phase resolved
milestone mitigated 2017-02-01 18:14 ~
as scribe
update customers resolved by "blog": Update to the summary: GitLab.com is online again.
expect promise leadership none
expect next last-word responders
between
note The last step in the notes is a post on @gitlabstatus
update customers resolved by "@gitlabstatus": GitLab.com is online again; its words are not on record here.
between
note The notes list issues opened that night in the infrastructure tracker, #1094 to #1105
+ #1094 The shell prompt shows clearly which host and environment it is
+ #1095 Backups are monitored
+ #1096 A sane value for max_connections
+ #1097 Look into point-in-time recovery and continuous archiving
+ #1098 Hourly disk snapshots
+ #1099 Azure disk snapshots of the databases too
+ #1100 Staging moves to the newer Azure model
+ #1101 Bring the production replicas back
+ #1102 Restoring database backups is tested automatically
+ #1103 Better documentation and runbooks for replication
+ #1104 What it asks for is not on record here
+ #1105 Look into pgbarman
between
as engineer 6
note Projects without records are rebuilt from their Git repositories, in bare form only; repositories without a known
  namespace are to be removed. Engineer 7 has the list, engineer 6 a script; open when the notes end

# Bounds the ones above: the issues were opened that night. When the retrospective was planned
# is on record nowhere, only when it was published.
2017-02-02 00:00 ~
as scribe
note When the retrospective was planned is not on record; it stands here for the day on which it was published
retro chief executive: 2017-02-10
expect followups 12
restart

2017-02-10
note The postmortem is published, with an apology by the chief executive
update customers resolved by "blog": The postmortem: what happened, why the restore took so long, and what changes.
impact GitLab.com was offline for about 18 hours. Lost: about six hours of changes to the database, with about 5,000
  projects, 5,000 comments and 700 users, and webhooks made in that time. Git repositories and wikis are kept elsewhere
  and were out of reach, not lost
judged everybody who used GitLab.com, for about 18 hours: about 5,000 projects, 5,000 comments and 700 users are lost
note Learned since, from a colleague who was not there: pg_basebackup waits in silence, up to about ten minutes, until the
  primary starts to send. Neither the runbooks nor the manual said so
note Found since: the package picks the version of pg_dump from a file in the data directory; application servers have
  none, so it fell back to 9.2 and failed each time
note Found since: the mails about failed dumps were not signed and the receiving server rejected them, so nobody heard
+ #1163 Data durability has an owner
+ #1161 Disaster recovery for everything else
+ #1152 Streaming backup and restore of the database
+ #494 Look into WAL-E
+ #811 Migrations are run and reverted on staging
+ #259 Connection pooling and load balancing
+ omnibus !1251 Bundle pgpool-II
+ gitlab-ce #27581 Removing spam must not delete for good
earlier 2017-01-31 19:00 ~
note Found since: at the same time a background job was deleting an employee's account with all its data, a second load
  that the responders did not know of. The account had been reported as abuse by a troll; the abuse tool made such
  details easy to overlook
earlier 2016-11-28
note An earlier outage of the database, from bloat in the table project_authorizations (#791): a single primary carries
  all load, and the standby is for failover only

2017-03-17
note A blog post tells how engineer 1 is doing

2017-04-28 01:22
+ #1684 One tracking issue follows all of these

2017-07-18
note All but four items of the tracking issue are ticked

2018-01-22 08:55
note The tracking issue is closed
as engineer 1
refuse phase closed
shared everybody, on the company's blog on 10 February 2017
waive told: no last word to responders and support is on record
waive back: the accounts do not say when everybody was back at other work
expect cleanup 0
phase closed
expect phase closed
expect followups 21
expect promise customers none
