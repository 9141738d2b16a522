// Command play writes a story into a new data folder, shifted in time so that the
// point at which it stops is now. The cockpit that is then opened on the folder finds an
// incident under way, with its clocks running. It refuses a folder that holds a
// database already. It is for demonstrations and is not installed.
package main
