/** complete puts a name in place of the "@na" before the caret; turn picks among several. Null: nothing to complete. */
export function complete(text: string, caret: number, people: readonly string[], turn: number): { text: string; caret: number } | null {
	const begun = /@([^\n@]*)$/.exec(text.slice(0, caret));
	if (!begun) return null;
	const typed = (begun[1] ?? '').toLowerCase();
	const known = people.filter((p) => p.toLowerCase().startsWith(typed));
	const name = known[turn % Math.max(1, known.length)];
	if (name === undefined) return null;
	const head = `${text.slice(0, begun.index)}@${name} `;
	return { text: head + text.slice(caret).trimStart(), caret: head.length };
}
