import type { LineView } from '$lib/bridge';
import { day, sameDay } from '$lib/format/time';
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
		approx: false, late: false, amended: false, undone: false, redacted: '', editable: false, worded: false, words: '', folded: false,
	};
}

/** items puts rows and pending lines in one list, with a divider where a day begins. */
export function items(rows: readonly LineView[], pending: readonly Pending[], me: string, offset: number): Item[] {
	const out: Item[] = [];
	let last: number | null = null;
	const add = (row: LineView, p: Pending | null): void => {
		const begins = last !== null && !sameDay(last, row.at, offset);
		out.push({ row, pending: p, day: begins ? day(row.at, offset) : '' });
		last = row.at;
	};
	for (const row of rows) if (!row.folded) add(row.mark === 'check' && row.text.startsWith('✓ ') ? { ...row, text: row.text.slice(2) } : row, null); // the glyph says it
	for (const p of pending) add(waiting(p, me), p);
	return out;
}
