// Package exchange writes one incident to a file and reads it back: every record with
// the exact bytes that its hash covers, and the kit under which it was declared.
//
// The file is JSON of the format "quarterdeck.incident", version 1. Bytes are in
// hexadecimal; bodies and the kit are JSON texts inside a JSON string, so that they
// come back as they were and their hashes still hold. Times are milliseconds UTC.
// Fields that this version does not know are passed over.
//
// Reading trusts nothing: it is bounded in size and depth, never panics, and says in
// words what is wrong with a file and what to do. It does not judge whether the
// records are genuine; incident.Verify does.
package exchange
