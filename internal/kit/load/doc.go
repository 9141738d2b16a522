// Package load reads a kit from a folder of YAML files and of playbooks in Markdown, tells when such a folder has
// changed, hands out the kit that is built in and writes it out to be changed.
//
// It refuses what could be misread: unknown and repeated keys, values of another
// kind than asked for, anchors, aliases and tags (so that no file can blow up or
// refer to itself), files without end. A mistake is a kit.Problem whose Where is
// file:line; all that can be found in one reading are given together. What the
// files say is checked by kit itself.
//
// The reader walks the syntax tree by itself instead of decoding into structs:
// only so does every value keep its line, and every mistake get named, not the
// first alone.
package load
