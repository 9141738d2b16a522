// Quarterdeck, the incident commander's cockpit: the desktop entry. It stands in the
// root because that is where Wails looks for it; everything is in app/desktop.
package main

import (
	"os"

	"quarterdeck/app/desktop"
	"quarterdeck/frontend"
)

func main() {
	os.Exit(desktop.Start(os.Args[1:], frontend.Dist(), os.Stdout, os.Stderr))
}
