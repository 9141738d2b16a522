// Package frontend carries the built screen inside the binary.
//
// It embeds what the frontend's build left in dist and hands it out as a file system; both faces that
// show the screen serve the same bytes. It builds nothing, serves nothing and knows no page. In a
// checkout whose frontend was never built, dist holds only its placeholder: the package still compiles,
// and the file system has no index.html.
package frontend
