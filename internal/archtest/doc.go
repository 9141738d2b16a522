// Package archtest holds one test: that the rooms of this house import each other only
// where the house allows it, each for a reason that the failure names.
//
// A room is a folder with Go files. Each has a row in the table rooms, with its kind;
// kinds have rules; an outside library belongs to the rooms that own it. The test also
// says where the time is read, where a program prints or ends, and which rooms the
// table does not know or that have gone.
package archtest
