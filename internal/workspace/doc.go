// Package workspace is the data folder: where it lies, who may open it, the lock that
// lets one backend at a time have it, the way to summon that backend, and the settings
// that are a file of the commander's own.
//
// The folder is 0700 and its files 0600. Files are written whole, synced and renamed.
// The lock is flock(2) where there is one: it ends with the process, however that ends.
package workspace
