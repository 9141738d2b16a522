import type { LineView } from '$lib/bridge';
import { day, sameDay, type Offset } from '$lib/format/time';
import type { Pending } from '$lib/state/cockpit.svelte';

/** Item is what the timeline shows: a row, or a line that is not on disk yet, and a day in front of the first of it. */
export interface Item {
	row: LineView;
	pending: Pending | null;
	day: string;
}

function waiting(p: Pending, me: string): LineView {
	const mark = p.fault ? 'failed' : p.saved ? 'note' : 'pending';
	return {
		id: p.id, sort: '', at: p.at, recordedAt: p.at, kind: '', mark, actor: p.as || me, text: p.text, basis: '', more: '', tradeoff: '',
		approx: false, late: false, amended: false, undone: false, redacted: '', editable: false, worded: false, words: '', folded: false, link: '',
	};
}

/** made are the items of rows that have not changed: what is on the page then need not be looked at again. */
const made = new WeakMap<LineView, Item>();

function itemOf(row: LineView, divider: string): Item {
	const old = made.get(row);
	if (old?.day === divider) return old;
	const shown = row.mark === 'check' && row.text.startsWith('✓ ') ? { ...row, text: row.text.slice(2) } : row; // the glyph says it
	const item = { row: shown, pending: null, day: divider };
	made.set(row, item);
	return item;
}

/** items puts rows and pending lines in one list, with a divider where a day begins; the first has one unless it is of today. */
export function items(rows: readonly LineView[], pending: readonly Pending[], me: string, offset: Offset, today: number): Item[] {
	const out: Item[] = [];
	let last = today;
	const divider = (at: number): string => {
		const text = sameDay(last, at, offset) ? '' : day(at, offset);
		last = at;
		return text;
	};
	for (const row of rows) if (!row.folded) out.push(itemOf(row, divider(row.at)));
	for (const p of pending) out.push({ row: waiting(p, me), pending: p, day: divider(p.at) });
	return out;
}
