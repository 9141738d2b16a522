// Package hand is the way that always works: a text to copy, a message that the mail
// program opens ready to send, a file that it can read. None of them needs a secret, a
// network or a word with anybody; a person sends it and says so.
package hand
