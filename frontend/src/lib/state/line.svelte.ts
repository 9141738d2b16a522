import { api, faultOf, type ParseView } from '$lib/bridge';
import { bytes } from '$lib/format/text';
import { cockpit } from './cockpit.svelte';
import { drafts } from './drafts';

/** The longest line that becomes a record, in bytes; longer ones are not even read while they are typed. */
export const longest = 64 * 1024;

/** A record whose words are being corrected in the line. */
export interface Editing {
	id: string;
	at: number;
	before: string; // what stood in the line
}

/** Line is the log line: what stands in it, who speaks, and how it will be read. */
class Line {
	text = $state('');
	as = $state(''); // who speaks; empty = the commander at this window
	read = $state.raw<ParseView | null>(null);
	editing = $state.raw<Editing | null>(null);
	armed = $state(false); // without an incident: the next Enter declares
	long = $derived(this.text.length > longest / 4 && bytes(this.text, longest) > longest);

	#asked = 0;
	#busy = false;

	get place(): string {
		return cockpit.chosen === '' ? 'title' : `log/${cockpit.chosen}`;
	}

	/** typed follows every key. */
	typed(text: string): void {
		this.text = text;
		this.armed = false;
		if (!this.editing) drafts.keep(this.place, text);
		void this.#parse();
	}

	/** restore shows the draft that belongs to the chosen incident. */
	restore(): void {
		this.editing = null;
		this.armed = false;
		this.text = drafts.get(this.place);
		void this.#parse();
	}

	clear(): void {
		this.editing = null;
		this.typed('');
	}

	/** drop forgets the draft of another place. */
	drop(place: string): void {
		drafts.keep(place, '');
		this.restore();
	}

	/** #parse asks how the line will be read: one question under way, the latest text asked last. */
	async #parse(): Promise<void> {
		const mine = ++this.#asked;
		const text = this.text;
		if (text.trim() === '' || cockpit.chosen === '' || this.editing || this.long) {
			this.read = null;
			return;
		}
		if (this.#busy) return;
		this.#busy = true;
		try {
			const read = await api.ParseLine({ incident: cockpit.chosen, id: '', text, as: this.as });
			if (mine === this.#asked) this.read = read;
		} catch (reason) {
			const f = faultOf(reason);
			this.read = null;
			if (f.code === 'internal') throw f;
		} finally {
			this.#busy = false;
		}
		if (mine !== this.#asked) await this.#parse();
	}
}

export const line = new Line();
