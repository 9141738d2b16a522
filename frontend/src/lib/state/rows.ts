import type { LineView } from '$lib/bridge';

/** place finds where a sort key stands, or would stand, in a list ordered by it. */
export function place(list: readonly LineView[], sort: string): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const mid = (low + high) >> 1;
		if ((list[mid] as LineView).sort < sort) low = mid + 1;
		else high = mid;
	}
	return low;
}

function remember(all: LineView[], rows: readonly LineView[], where: Map<string, string>): LineView[] {
	for (const r of rows) where.set(r.id, r.sort);
	return all;
}

/**
 * put answers a new list with rows put in or replaced by id, ordered by sort. A row whose time was corrected
 * moves: its old place is found through where, which is kept up to date.
 */
export function put(list: readonly LineView[], rows: readonly LineView[], where: Map<string, string>): LineView[] {
	if (list.length === 0) {
		const all = [...new Map(rows.map((r) => [r.id, r])).values()].sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
		for (const r of all) where.set(r.id, r.sort);
		return all;
	}
	const least = list[0] as LineView;
	const most = list[list.length - 1] as LineView;
	if (rows.every((r, i) => !where.has(r.id) && r.sort < least.sort && (i === 0 || (rows[i - 1] as LineView).sort < r.sort))) return remember([...rows, ...list], rows, where);
	if (rows.every((r, i) => !where.has(r.id) && r.sort > most.sort && (i === 0 || (rows[i - 1] as LineView).sort < r.sort))) return remember([...list, ...rows], rows, where);
	const out = [...list];
	for (const row of rows) {
		const old = where.get(row.id);
		if (old !== undefined) {
			let at = place(out, old);
			while (at < out.length && out[at]?.id !== row.id) at++;
			out.splice(at, 1);
		}
		out.splice(place(out, row.sort), 0, row);
		where.set(row.id, row.sort);
	}
	return out;
}
