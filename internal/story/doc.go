// Package story plays a written incident into a real database, through the same
// use-cases as every face. Tests prove with it that the cockpit can carry a real
// incident from its first sign to its end; a demonstration opens the cockpit in the
// middle of one.
//
// A story is a text file. What stands in it reaches the log as if somebody had typed
// it at that moment: records are written at the story's time, and no rule of the
// cockpit is bent. The package refuses a script with a line that it cannot read, and
// ends a play at the first act that the cockpit refuses or expectation that fails;
// every error names the line and says what would help. It is imported by tests and
// by the program in story/play, never by the cockpit.
//
// # The form
//
// One line is one act. A line that begins with a space goes on with the one before;
// what begins with # is for the reader. First come the headers:
//
//	story TITLE               what it tells
//	about TEXT                becomes the summary of the declaration
//	zone Europe/Berlin        in which times are written; UTC when left out
//	start 2025-01-08 03:00    what T+0:00 means, for a story without dates
//	people ana, ben           everybody who appears; a name that is not here is a typing error
//
// Then moments, in order, each followed by what was done at it:
//
//	2017-01-31 23:27:10       that instant; seconds may be left out
//	2017-01-31 19:00 ~        about then
//	2017-05-13                a day whose hour is not known: its first minute, approximate
//	T+0:05                    five minutes after the start
//	between                   only the order is known: the moments of this kind that follow one
//	                          another are spaced evenly between the dated ones around them
//	earlier 2017-01-31 17:20  happened then, and is written down at the moment above
//
// A moment without acts only bounds those between. What happened "about" then or
// "between" is recorded as approximate. An act whose record cannot say so (a phase, an
// update, a role …) needs one beside it that can, so that no made-up minute stands alone.
//
// Who acts:
//
//	as ana                    from here on, until the next one
//
// What is done; a colon and a space come before free words, which some acts can do without:
//
//	declare SEV2 TITLE
//	note TEXT
//	hypothesis TEXT
//	! TEXT because BASIS but TRADE-OFF      a decision, as in the log line
//	@ana TEXT 20m                           an action for ana, 20 minutes long (10 when left out, 0m for none)
//	? TEXT                                  a question
//	+ TEXT                                  a follow-up
//	done WORDS: RESULT                      ends the one open action whose text has these words
//	drop WORDS: WHY
//	extend WORDS: 20m
//	answer WORDS: TEXT                      the same, for an open question
//	impact TEXT        goal TEXT        cause TEXT
//	severity SEV1: REASON
//	phase mitigate: REASON
//	milestone detected 2017-01-31 18:00 ~
//	role operations: ana                    "-" releases it; "role commander: ben" hands command over
//	check assess.who done: VALUE            or skipped, or open
//	exit user-path met: WHAT SHOWS IT       or waived, or open
//	update customers identified next 30m by "status page": TEXT
//	promise customers next 30m: TEXT        another time, without news
//	retro ana: 2017-02-10 10:00             books the retrospective, or moves it; "cancel WHY" takes it off
//	followup detect ana: TEXT               a follow-up of a type of the kit, with its owner
//	finished WORDS: WHAT SHOWS IT           ends the one open follow-up whose text has these words
//	judged WHO WAS HURT: HOW BADLY          the impact
//	shared WITH WHOM: WHERE                 what was learnt
//	back ana                                at the work that she had planned
//	waive times: WHY                        leaves a part of the clean-up undone
//	effort refocusing ana: 25m              how long a part of the work took her
//
// What is tried and what must hold:
//
//	advance 20m                             time passes
//	restart                                 the database is closed and opened; nothing may differ
//	refuse phase resolved                   the cockpit must refuse this act
//	expect phase verify                     also severity, commander, term, actions, questions, followups, cleanup
//	expect role communications: nobody
//	expect told customers 3                 updates that left
//	expect promise customers late 1h20m     also action WORDS, role ID, command, duty, assess;
//	                                        also "in 10m", "none", or how it looks: nominal, advisory,
//	                                        caution, warning
//	expect next promise-late customers      what the cockpit says to do first
//	halfway                                 where a demonstration stops: this moment becomes now
package story
