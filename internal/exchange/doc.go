// Package exchange writes one incident to a file and reads it back: every record with
// the exact bytes that its hash covers, and the kit under which it was declared.
//
// The file is JSON of the format "quarterdeck.incident", version 2. Bytes are in
// hexadecimal; bodies and the kit are JSON texts inside a JSON string, so that they
// come back as they were and their hashes still hold. Times are milliseconds UTC.
// Fields that this version does not know are passed over.
//
// At the end stands a seal: how many records there are, and the SHA-256 of all before it
// as Write writes it, so that white space and the order of the records do not matter and
// everything else does. Files of version 1 have none: of them nobody can tell whether the
// latest records were cut off.
//
// Behind the seal stand the attached files, by their hashes, which are in the records. A file
// may be missing: then its record is still true, and whoever reads says that it is missing.
//
// Reading trusts nothing: it is bounded in size and depth, never panics, and says in
// words what is wrong with a file and what to do. Of a file without a seal it does not
// judge whether the records are what was written; incident.Verify does.
package exchange
