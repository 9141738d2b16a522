// Package outward is the one way in which HTTP leaves the machine: bounded in time and
// size, to public addresses unless the commander typed another one, and without
// carrying credentials where they were not meant to go.
//
// It refuses: addresses of this machine, of the local network, of the link and of cloud
// metadata services, looked at again when the connection is made, so that a name cannot
// change its mind in between; a body longer than asked for, also after unpacking; an
// exchange that takes longer than asked for, drop by drop or not at all; and redirects,
// unless the caller follows each of them with a policy of its own.
//
// Its errors name the host and nothing else of an address: paths, queries and user
// names are often secrets. Each says whether the request had left when it failed.
//
// A proxy named by the environment is used. It then looks names up, and what they lead
// to cannot be judged here; addresses written as numbers still are.
package outward
