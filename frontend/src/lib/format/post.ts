import type { DeliveryView, RouteView } from '$lib/bridge';
import { span } from './time';

const waits = 5000; // ms; a moment is not worth a number

/** postWords says how a post stands, in words: what happened, and what comes next. */
export function postWords(d: DeliveryView, now: number, time: (at: number) => string): string {
	switch (d.state) {
		case 'queued':
			if (d.recall > now) return `leaves in ${Math.ceil((d.recall - now) / 1000)} s – can be recalled`;
			if (d.why !== '' && d.notBefore - now > waits) return `queued – ${d.why}; again in ${span(d.notBefore - now)}`;
			return d.why === '' ? 'queued' : `queued – ${d.why}`;
		case 'sending':
			return 'leaving now';
		case 'unknown':
			return `not known whether it arrived – ${d.why}`;
		case 'held':
			return `held – ${d.why === '' ? 'still true?' : d.why}`;
		case 'failed':
			return `failed – ${d.why}`;
		case 'sent':
			return `sent ${time(d.changed)}`;
		case 'superseded':
			return 'not sent – a newer one took its place';
	}
	return 'not sent – given up';
}

/** mark is the sign of a post's state. */
export function mark(d: DeliveryView): string {
	if (d.state === 'sent') return 'update';
	if (d.state === 'failed') return 'failed';
	return d.state === 'held' || d.state === 'unknown' ? 'question' : d.state === 'queued' || d.state === 'sending' ? 'pending' : 'skipped';
}

/** health is how a route was when it was last really used. */
export function health(r: RouteView | undefined, now: number): string {
	if (!r) return 'not set up';
	if (r.tried === 0) return 'never used';
	const ago = now - r.tried < 60_000 ? 'just now' : `${span(now - r.tried)} ago`;
	return r.works ? `ok ${ago}` : `failed ${ago}: ${r.why}`;
}

const named: Record<string, string> = { slack: 'Slack', mail: 'mail', teams: 'Teams', discord: 'Discord', mattermost: 'Mattermost', googlechat: 'Google Chat', webhook: 'webhook', statuspage: 'status page', hand: 'by hand' };

/** medium is what a medium is called. */
export const medium = (id: string): string => named[id] ?? id;

const steps: Record<string, string> = {
	open: 'Open the channel', topic: 'Set the channel’s topic', purpose: 'Set the channel’s purpose', invite: 'Invite people', status: 'Post the status', edit: 'Keep the status up to date', pin: 'Pin the status',
	document: 'Bookmark the incident document', pointer: 'Point to the incident document', video: 'Bookmark the video call', broadcast: 'Announce the incident', reminder: 'Remind the commander',
	command: 'Say who commands', resolved: 'Say in the channel that it is resolved', 'resolved-broadcast': 'Announce that it is resolved', archive: 'Archive the channel',
};

/** step is what a post does, in words; audience names whom an update is for. */
export const step = (d: DeliveryView, audience: (id: string) => string): string => (d.what === 'update' ? `Update to ${audience(d.audience)}` : (steps[d.step] ?? 'A message'));

const opening = ['open', 'topic', 'purpose', 'invite', 'status', 'pin', 'document', 'pointer', 'video', 'broadcast'];

/** openingOf are the steps of opening the channel, in their order. */
export const openingOf = (rows: readonly DeliveryView[]): DeliveryView[] => rows.filter((d) => opening.includes(d.step)).sort((a, b) => (a.id < b.id ? -1 : 1));
