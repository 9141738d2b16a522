// Changing keys: what there is to change, who has a chord already, and keeping the choice.
import { api, faultOf, type StationView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { chosenFor, inSheet, keysOf, sheetID } from './keymap.svelte';
import { actions, inSheets } from './list';
import { refusal } from './refusal';
import { sheetKeys } from './sheets';

/** Entry is something whose chord can be changed. */
export interface Entry {
	id: string;
	name: string;
	group: 'everywhere' | 'live' | 'sheet';
	usual: readonly string[];
}

/** entries are all of them, in the order of the list of keys. Escape is not among them: it is the way back from everywhere. */
export const entries: readonly Entry[] = [
	...actions.filter((a) => !a.keys.includes('Escape')).map((a) => ({ id: a.id, name: a.name, group: a.group, usual: a.keys })),
	...sheetKeys.map((k) => ({ id: sheetID(k.chord), name: k.name, group: 'sheet' as const, usual: [k.chord] })),
];

/** now are the chords of an entry in force, the one to show first. */
export const now = (e: Entry): readonly string[] => (e.group === 'sheet' ? e.usual.map(inSheet).filter((k) => k !== '') : keysOf({ id: e.id, keys: e.usual, group: e.group }));

/** changed tells whether an entry has another chord than usual. */
export const changed = (e: Entry): boolean => chosenFor(e.id) !== undefined;

const numbers = (e: Entry): boolean => e.id === sheetID('Alt+1');
const meets = (e: Entry, chord: string): boolean => now(e).some((k) => k === chord || (numbers(e) && k.slice(0, -1) === chord.slice(0, -1) && /\d$/.test(chord)));

/** together tells whether two are heard in the same place. */
const together = (a: Entry, b: Entry): boolean => (a.group === 'sheet') === (b.group === 'sheet') || inSheets.includes(a.id) || inSheets.includes(b.id);

/** holder is who has a chord already, among those that are heard in the same places. */
export const holder = (e: Entry, chord: string): Entry | undefined => entries.find((o) => o.id !== e.id && together(o, e) && (meets(o, chord) || (numbers(e) && now(o).some((k) => k.slice(0, -1) === chord.slice(0, -1) && /\d$/.test(k)))));

/** objection says why an entry may not have a chord; empty when it may. */
export function objection(e: Entry, chord: string): string {
	if (e.usual.includes(chord)) return '';
	if (numbers(e) && !/1$/.test(chord)) return 'press it with the 1; the other numbers follow';
	return refusal(chord);
}

let last: Promise<unknown> = Promise.resolve(); // choices are kept in the order in which they were made
let sent: { keys: StationView['keys']; before: string } | null = null; // kept, and not pushed back yet

/** standing are the choices in force: those that were kept last, also before they have come back. */
function standing(): StationView['keys'] {
	const pushed = cockpit.station?.keys ?? [];
	if (sent && JSON.stringify(pushed) !== sent.before) sent = null;
	return sent?.keys ?? pushed;
}

/** keep saves the choices, and tells whether they are kept. */
function keep(change: ReadonlyMap<string, string | undefined>): Promise<boolean> {
	const mine = last.then(() => put(change));
	last = mine;
	return mine;
}

async function put(change: ReadonlyMap<string, string | undefined>): Promise<boolean> {
	const kept = new Map(standing().map((k) => [k.id, k.chord]));
	for (const [id, chord] of change) {
		if (chord === undefined) kept.delete(id);
		else kept.set(id, chord);
	}
	try {
		const keys = [...kept].map(([id, chord]) => ({ id, chord }));
		const before = JSON.stringify(cockpit.station?.keys ?? []);
		await api.SetKeys({ keys });
		sent = { keys, before };
		return true;
	} catch (reason) {
		desk.tell(faultOf(reason));
		return false;
	}
}

/** give gives an entry a chord, and takes it from whoever has it. */
export function give(e: Entry, chord: string): Promise<boolean> {
	const change = new Map<string, string | undefined>();
	const other = holder(e, chord);
	if (other) change.set(other.id, '');
	change.set(e.id, e.usual[0] === chord ? undefined : chord);
	return keep(change);
}

/** reset gives an entry its usual chord back, and takes it from whoever has it by now. */
export function reset(e: Entry): Promise<boolean> {
	const change = new Map<string, string | undefined>([[e.id, undefined]]);
	for (const usual of e.usual) {
		const other = holder(e, usual);
		if (other) change.set(other.id, other.usual.includes(usual) ? undefined : '');
	}
	return keep(change);
}

/** resetAll gives everything its usual chord back. */
export const resetAll = (): Promise<boolean> => keep(new Map(entries.map((e) => [e.id, undefined])));
