import type { LineView } from '$lib/bridge';
import { cockpit } from './cockpit.svelte';

const shown = 'quarterdeck.relative';

/** What a row is searched in, in small letters; worked out once a row. */
const searched = new WeakMap<LineView, string>();

function textOf(row: LineView): string {
	let text = searched.get(row);
	if (text === undefined) {
		text = `${row.text}\n${row.basis}\n${row.tradeoff}\n${row.more}`.toLowerCase();
		searched.set(row, text);
	}
	return text;
}

/** needles are the words that all have to stand in a row. */
export const needles = (text: string): string[] => text.toLowerCase().split(/\s+/).filter((w) => w !== '');

/** parts cuts a text where the words stand; every second part is one of them. */
export function parts(text: string, words: readonly string[]): string[] {
	if (words.length === 0) return [text];
	const any = new RegExp(`(${[...words].sort((a, b) => b.length - a.length).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
	return text.split(any);
}

/** Find looks for words in the timeline, and can leave only some rows to be seen. */
export class Find {
	open = $state(false);
	text = $state('');
	mark = $state(''); // one kind of row; empty = all
	actor = $state(''); // one person; empty = all
	only = $state(false); // show no rows but those that are found
	here = $state(''); // the hit that the reader stands on
	asked = $state(''); // a record to be opened at
	relative = $state(false); // T+hh:mm before the clock
	words = $derived(this.open ? needles(this.text) : []);
	filtered = $derived(this.open && (this.mark !== '' || this.actor !== '' || (this.only && this.words.length > 0)));

	/** fits tells whether a row is of the kind and the person that are looked for. */
	fits(row: LineView): boolean {
		return (this.mark === '' || row.mark === this.mark) && (this.actor === '' || row.actor === this.actor);
	}

	#has = (row: LineView): boolean => {
		const text = textOf(row);
		return this.words.every((w) => text.includes(w));
	};

	/** rows are those that are to be seen. */
	rows = $derived(this.filtered ? cockpit.rows.filter((r) => this.fits(r) && (!this.only || this.#has(r))) : cockpit.rows);

	/** hits are the ids of the rows that are found, the newest first. */
	hits = $derived.by(() => {
		if (this.words.length === 0 && this.mark === '' && this.actor === '') return [];
		const out: string[] = [];
		for (let i = cockpit.rows.length - 1; i >= 0; i--) {
			const row = cockpit.rows[i] as LineView;
			if (!row.folded && this.fits(row) && this.#has(row)) out.push(row.id);
		}
		return out;
	});

	/** place is which of the hits the reader stands on, from 1; 0 = on none. */
	place = $derived(this.hits.indexOf(this.here) + 1);

	show(): void {
		this.open = true;
	}

	close(): void {
		this.open = false;
		this.here = '';
		this.mark = this.actor = '';
		this.only = false;
	}

	/** step goes to the next older hit, or to the next newer one. */
	step(older: boolean): void {
		if (this.hits.length === 0) return;
		const at = this.place - 1;
		const to = at < 0 ? 0 : (at + (older ? 1 : -1) + this.hits.length) % this.hits.length;
		this.here = this.asked = this.hits[to] ?? '';
	}

	/** restore shows rows as they were shown last time. */
	restore(): void {
		this.relative = localStorage.getItem(shown) === 'yes';
	}

	/** swap shows rows by the clock instead of T+hh:mm, or the other way round. */
	swap(): void {
		this.relative = !this.relative;
		localStorage.setItem(shown, this.relative ? 'yes' : 'no');
	}
}

export const find = new Find();
