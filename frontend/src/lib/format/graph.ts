// Where the boxes of a graph of causes stand: each one below what led to it, as far as that goes.

export interface Knot {
	id: string;
	ledTo: readonly string[];
}

export interface Place {
	id: string;
	row: number; // from 0, the furthest back
	column: number; // from 0
}

/** layered gives every knot its row and column. Of causes that feed each other one line goes back up. */
export function layered(knots: readonly Knot[]): Place[] {
	const there = new Map(knots.map((k) => [k.id, k]));
	const depth = new Map<string, number>();
	const onWay = new Set<string>();
	// The depth of a knot is the longest way to it; a way back into itself counts for nothing.
	const before = new Map<string, string[]>();
	for (const k of knots) for (const to of k.ledTo) if (there.has(to)) before.set(to, [...(before.get(to) ?? []), k.id]);
	const measure = (id: string): number => {
		const known = depth.get(id);
		if (known !== undefined) return known;
		if (onWay.has(id)) return -1;
		onWay.add(id);
		const d = Math.max(-1, ...(before.get(id) ?? []).map(measure)) + 1;
		onWay.delete(id);
		depth.set(id, d);
		return d;
	};
	const filled: number[] = [];
	return knots.map((k) => {
		const row = measure(k.id);
		const column = filled[row] ?? 0;
		filled[row] = column + 1;
		return { id: k.id, row, column };
	});
}
