package archtest

// kind is what a room is for, and so what it may know.
type kind string

const (
	leaf    kind = "leaf"     // words that everybody shares
	timing  kind = "clock"    // the one that reads the time
	core    kind = "core"     // what an incident is
	pure    kind = "pure"     // computes from what it is given
	waiting kind = "schedule" // the half that waits
	useCase kind = "use-case" // the order of steps
	adapter kind = "adapter"  // one part of the world
	wiring  kind = "wiring"   // introduces the rooms to each other
	face    kind = "face"     // a window, a browser, a terminal
	entry   kind = "entry"    // the desktop's main
	page    kind = "page"     // the built frontend, embedded
	proof   kind = "proof"    // tests that span rooms, and what they need
)

// room is a folder with Go files.
type room struct {
	kind    kind
	also    []string // rooms that it may import beyond its kind's rule
	inTests []string // rooms that its test files may import besides
	program bool     // a package main: it prints, and it may end the process
	planned bool     // it does not exist yet; the row says what it will be
}

// rooms are all of them, by their path in the module. Whoever makes a room gives it a
// row; whoever makes a planned one takes planned away; whoever removes one removes its row.
var rooms = map[string]room{
	"internal/fault": {kind: leaf},
	"internal/kit":   {kind: leaf, inTests: []string{"internal/incident"}}, // its words for phases are the core's
	"internal/ical":  {kind: leaf},
	"assets":         {kind: leaf},

	"internal/outward":      {kind: leaf},
	"internal/secret/token": {kind: leaf},
	"internal/clock":        {kind: timing},

	"internal/incident": {kind: core},
	"internal/account":  {kind: pure, inTests: []string{"internal/kit/load"}}, // counted by the default kit
	"internal/cadence":  {kind: pure},
	"internal/assess":   {kind: pure, inTests: []string{"internal/kit/load"}}, // proved on the default kit
	"internal/oncall":   {kind: pure},
	"internal/compose":  {kind: pure, also: []string{"internal/account", "internal/cadence"}, inTests: []string{"internal/kit/load"}}, // a brief says what is due, a retrospective what was counted
	"internal/schedule": {kind: waiting, inTests: []string{"internal/store"}},                                                         // its book is the real one
	"internal/cockpit":  {kind: useCase, inTests: []string{"internal/kit/load", "internal/store"}},                                    // run on the real log

	"internal/store":             {kind: adapter},
	"internal/exchange":          {kind: adapter},
	"internal/pdf":               {kind: adapter},
	"internal/notify":            {kind: adapter, inTests: []string{"internal/notify/notifytest"}},
	"internal/kit/load":          {kind: adapter},
	"internal/secret":            {kind: adapter, inTests: []string{"internal/notify/notifytest"}}, // a bus of its own to put a keyring on
	"internal/workspace":         {kind: adapter},
	"internal/outbox":            {kind: adapter, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/discord":    {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/googlechat": {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/hand":       {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/mail":       {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/mattermost": {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/statuspage": {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/teams":      {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/outbox/webhook":    {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest"}},
	"internal/feed":              {kind: adapter},

	"internal/outbox/slack": {kind: adapter, also: []string{"internal/outbox"}, inTests: []string{"internal/outbox/outboxtest", "internal/outbox/slack/slacktest"}}, // a medium owes the outbox its contract

	"app":         {kind: wiring, inTests: []string{"internal/notify/notifytest", "internal/outbox/slack/slacktest"}},
	"app/browser": {kind: face},
	"app/desktop": {kind: face, also: []string{"app/browser", "internal/workspace"}},                                                                                                                                                                           // without a display it is the browser face; a second start finds the first by the folder's lock
	"app/qd":      {kind: face, program: true, also: []string{"internal/cockpit", "internal/store", "internal/exchange", "internal/feed", "internal/kit/load", "internal/secret", "internal/workspace"}, inTests: []string{"internal/outbox/slack/slacktest"}}, // a process of its own: it has its own wiring
	"frontend":    {kind: page},
	".":           {kind: entry, program: true},

	"internal/archtest":          {kind: proof},
	"internal/e2e":               {kind: proof},
	"internal/e2e/empty":         {kind: proof, program: true},
	"internal/story":             {kind: proof},
	"internal/story/play":        {kind: proof, program: true},
	"internal/notify/notifytest": {kind: proof},
	"internal/outbox/outboxtest": {kind: proof},

	"internal/outbox/slack/slacktest": {kind: proof},
}

// peers are libraries that a room's tests hold beside its own code, to compare answers and
// cost; nothing that ships imports them.
var peers = map[string]struct {
	owner string
	why   string
}{
	"github.com/teambition/rrule-go": {"internal/ical", "rules are expanded by our own bounded code; this is the voice that is asked for comparison"},
	"github.com/arran4/golang-ical":  {"internal/ical", "a reader of calendars that ours is measured with"},
	"github.com/apognu/gocal":        {"internal/ical", "a reader of calendars that ours is measured with"},
}

// libraries are the outside libraries, each with the rooms that own it and why they do.
var libraries = map[string]struct {
	owners []string
	why    string
}{
	"github.com/slack-go/slack": {[]string{"internal/outbox/slack"}, "Slack is spoken to in one place, and what its library says is judged there"},

	"github.com/wailsapp/wails":     {[]string{"app/desktop", "internal/e2e/empty"}, "the window can be replaced without touching what it shows; an empty one beside it says what a window costs by itself"},
	"github.com/mattn/go-sqlite3":   {[]string{"internal/store"}, "SQL and its driver stand behind the log"},
	"github.com/google/uuid":        {[]string{"internal/store"}, "ids are minted where they are kept"},
	"github.com/godbus/dbus":        {[]string{"internal/notify", "internal/notify/notifytest", "internal/secret"}, "the desktop is spoken to in one place, and played in one; its keyring is where secrets are"},
	"github.com/zalando/go-keyring": {[]string{"internal/secret"}, "the keyrings of other systems; on Linux ours, since a keyring that hangs must not take its caller with it"},
	"filippo.io/age":                {[]string{"internal/exchange", "internal/secret"}, "how secrets lie in a file is one room's business, and what locks a file on its way to another machine is another's"},
	"github.com/wneessen/go-mail":   {[]string{"internal/outbox/mail"}, "mail leaves by one room; a well-kept client whose outcome after the last line of a message can be told apart"},
	"github.com/emersion/go-smtp":   {[]string{"internal/outbox/mail"}, "tests send mail to a real server"},
	"github.com/emersion/go-sasl":   {[]string{"internal/outbox/mail"}, "that server asks for a log-in"},
	"github.com/gen2brain/beeep":    {[]string{"internal/notify"}, "the desktop is spoken to in one place"},
	"github.com/goccy/go-yaml":      {[]string{"internal/kit/load", "internal/workspace"}, "files that people edit are read in two places: the kit and the workspace"},
	"github.com/spf13/cobra":        {[]string{"app/qd"}, "only the terminal has flags"},
	"github.com/spf13/pflag":        {[]string{"app/qd"}, "only the terminal has flags"},
	"codeberg.org/go-pdf/fpdf":      {[]string{"internal/pdf"}, "PDF in Go alone, with letters in the file: of its kind the one whose upkeep goes on (a release this spring, no libraries of its own in what we use), and low enough that we say where a table breaks; gopdf's last release is older, maroto lays out by a grid of its own"},
	"github.com/emersion/go-ical":   {[]string{"internal/ical"}, "reading calendars is our own and bounded; the library gives types and writing"},
	"golang.org/x/sys":              {[]string{"internal/clock", "internal/store", "internal/workspace"}, "what differs by operating system: clocks, file systems, locks"},
	"golang.org/x/text":             {[]string{"internal/store", "internal/exchange"}, "what is found is marked where the index found it: without accents, by the tables of Unicode; a channel's folder is found however its letters are written"},
}
