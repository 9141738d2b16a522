// Package secret keeps what may not be seen: tokens of chat and mail, the addresses that
// are keys by themselves. They lie in up to four places, asked in the order that the
// settings say: the environment (QUARTERDECK_SECRET_<NAME>), the account's keyring, a
// file encrypted with age under a passphrase, and the memory of this process.
//
// A secret is known by its name. It is written, used and removed, and never shown: no
// method of a face gives one out, and it travels as a token.Token. It stands in no
// database, log, error, export or argument of a process.
//
// Nothing here waits for long. A keyring that is missing, locked or hanging costs three
// seconds once; then it is left alone for half a minute, and the value that it gave last
// is used. Where a place fails, the others are asked, and what failed is said.
//
// Words: a place keeps secrets; a lasting one outlives the process; a name's key is the
// form under which it is kept, the same for mail-password, MAIL_PASSWORD and Mail.Password.
package secret
