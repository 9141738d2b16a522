// The chords in force: the usual ones, but for those that the commander has chosen. Only this file knows the difference.
import { cockpit } from '$lib/state/cockpit.svelte';
import type { Action } from './action';
import { refusal } from './refusal';

/** sheetID is the name under which the usual chord of a sheet is changed; the numbers go together. */
export const sheetID = (usual: string): string => `sheet/${usual.replace(/^(Alt\+)\d$/, '$11')}`;

const chosen = $derived(new Map((cockpit.station?.keys ?? []).filter((k) => k.chord === '' || refusal(k.chord) === '').map((k) => [k.id, k.chord])));

/** chosenFor is what was chosen instead of the usual chord; undefined when nothing was. */
export const chosenFor = (id: string): string | undefined => chosen.get(id);

/** inSheet is the chord that stands for a usual one of sheets, also as it is printed there. */
export function inSheet(usual: string): string {
	if (usual === '') return '';
	const own = chosen.get(sheetID(usual));
	if (own === undefined) return usual;
	const number = /^Alt\+(\d)$/.exec(usual)?.[1];
	return number && own !== '' ? own.replace(/1$/, number) : own;
}

/** keysOf are the chords of an action, the one to show first. */
export function keysOf(a: Pick<Action, 'id' | 'keys' | 'group'>): readonly string[] {
	if (a.group === 'sheet') return a.keys.map(inSheet).filter((k) => k !== '');
	const own = chosen.get(a.id);
	return own === undefined ? a.keys : own === '' ? [] : [own];
}
