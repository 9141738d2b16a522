// Package slack posts to Slack and is the only importer of its library.
//
// It goes by the Web API with the bot token of an app of the organisation's own, made
// from the manifest in assets. Every call is made once: the library's retries are off,
// and what came of a call is judged here, by what was seen on the wire first and by the
// library's error after that. The base address is the route's, so that it can be
// pointed at another server.
//
// A message carries its key twice, in its metadata and as a block's id, and nothing else
// of ours: a workspace's apps can read both. Text goes into rich_text elements, which
// interpret nothing; the fallback is escaped; links are not unfurled; somebody is
// mentioned only by an id that was chosen with a picker.
//
// Besides updates it does the steps of a declaration (Step): each is safe to repeat, and
// none stops another.
package slack
