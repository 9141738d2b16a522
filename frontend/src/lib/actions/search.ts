import uFuzzy from '@leeoniya/ufuzzy';

/** Found is something that can be looked for by words. */
export interface Found {
	id: string;
	text: string;
	detail: string; // looked for as well, but counts less
}

// Words of every script; one slip a word; the order of the words is free.
const fuzzy = new uFuzzy({
	unicode: true,
	interSplit: "[^\\p{L}\\d']+",
	intraSplit: '\\p{Ll}\\p{Lu}',
	intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
	intraChars: "[\\p{L}\\d']",
	intraContr: "'\\p{L}{1,2}\\b",
	intraMode: 1,
});
const freeOrder = 3; // words; more would be tried in too many orders

/** plain is a text without accents, small. */
const plain = (text: string): string => uFuzzy.latinize(text).toLowerCase();

/** What a list is searched in; worked out when it is first searched, since it is shown more often than that. */
const stacks = new WeakMap<readonly Found[], string[]>();

function stackOf(all: readonly Found[]): string[] {
	let stack = stacks.get(all);
	if (!stack) {
		stack = all.map((c) => plain(`${c.text} ${c.detail}`));
		stacks.set(all, stack);
	}
	return stack;
}

/**
 * search answers with the places of what matches, the best first: what begins with the query, then what was chosen
 * lately, then by how well it matches. Without a query everything comes, what was chosen lately first.
 */
export function search(all: readonly Found[], query: string, recent: readonly string[]): number[] {
	const late = (i: number): number => {
		const at = recent.indexOf(all[i]?.id ?? '');
		return at < 0 ? recent.length : at;
	};
	const said = plain(query.trim());
	if (said === '') return all.map((_, i) => i).sort((a, b) => late(a) - late(b));
	const stack = stackOf(all);
	const [found, info, order] = fuzzy.search(stack, said, freeOrder);
	const hits = order && info ? order.map((i) => info.idx[i] ?? 0) : [...(found ?? [])];
	const begins = (i: number): number => (stack[i]?.startsWith(said) ? 0 : 1);
	return hits.sort((a, b) => begins(a) - begins(b) || late(a) - late(b));
}
