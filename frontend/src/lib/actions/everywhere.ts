// Looking through every incident, and links to a record.
import { faultOf, shell, type HitView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { find } from '$lib/state/find.svelte';
import { search } from '$lib/state/search.svelte';
import { tick } from 'svelte';
import type { Action } from './action';
import { openIncident, openRecord, seek } from './find';

/** seekEverywhere opens the search over every incident, with words or with those that stand there. */
export async function seekEverywhere(words?: string): Promise<void> {
	const to = readLink(words ?? '');
	if (to) return openRecord(to.incident, to.record);
	if (words !== undefined && words !== '') search.text = words;
	find.close();
	desk.page = 'search';
	search.look();
	void search.choices();
	await focusSearch();
}

/** findOrWiden looks through the incident that is shown; asked for there once more, or where none is, through all of them. */
export function findOrWiden(): void {
	const inBar = find.open && document.activeElement?.id === 'find';
	if (cockpit.live === null || desk.page !== '' || inBar) void seekEverywhere(inBar ? find.text : '');
	else void seek();
}

/** focusSearch puts the keyboard into the field, all of it chosen. */
async function focusSearch(): Promise<void> {
	for (let i = 0; i < 50; i++) {
		await tick();
		const field = document.getElementById('search');
		if (field instanceof HTMLInputElement) {
			field.focus();
			field.select();
			return;
		}
		await new Promise((done) => setTimeout(done, 10)); // the page is being loaded
	}
}

/** openHit shows a hit where it stands, with what was looked for marked there. */
export async function openHit(h: HitView): Promise<void> {
	await openRecord(h.incident, h.record);
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const aLink = new RegExp(`^\\s*(?:quarterdeck:(?://)?|https?://[^/\\s]+/)#?/?(${uuid})/(${uuid})\\s*$`, 'i');

const anIncident = new RegExp(`^#(${uuid})$`, 'i');

/** linkTo is a link that opens at a record: of this page, or one that any cockpit takes where words are looked for. */
const linkTo = (incident: string, record: string): string => (shell.window ? `quarterdeck:${incident}/${record}` : `${location.origin}/#${incident}/${record}`);

/** readLink takes a link apart. */
export function readLink(text: string): { incident: string; record: string } | null {
	const [, incident = '', record = ''] = aLink.exec(text) ?? [];
	return incident === '' ? null : { incident: incident.toLowerCase(), record: record.toLowerCase() };
}

/** copyLink copies a link to a record. */
export async function copyLink(incident: string, record: string): Promise<void> {
	try {
		await shell.copy(linkTo(incident, record));
		desk.say('The link is on the clipboard. Whoever pastes it into their search opens this entry');
	} catch (reason) {
		desk.tell(faultOf(reason));
	}
}

/** followAddress opens what the page's address names, now and whenever it changes. */
export function followAddress(): void {
	const go = () => {
		const [, whole] = anIncident.exec(location.hash) ?? [];
		const to = readLink(location.href);
		if (!to && !whole) return;
		history.replaceState(null, '', location.pathname + location.search);
		if (to) void openRecord(to.incident, to.record);
		else openIncident(whole ?? '');
	};
	addEventListener('hashchange', go);
	go();
}

export const everywhere: Action[] = [
	{ id: 'everywhere', name: 'Find in every incident', label: 'Find everywhere', keys: ['Mod+Shift+K'], group: 'everywhere', run: () => seekEverywhere(find.open ? find.text : '') },
];
