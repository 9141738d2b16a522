// Package mail sends updates by SMTP, one message to one person: a bad address stops
// nobody else's, and nobody sees the list.
//
// A message has the same Message-ID at every attempt, by which mailboxes fold a second
// copy; that is not certain everywhere, so what is unknown is sent again once. Messages of
// a stream are one thread. It speaks TLS, from the first byte or after STARTTLS, with every
// server that is not on this machine. What is said is plain text and nothing else.
package mail
