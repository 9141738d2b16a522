import { api, faultOf, type Fault, type FilterView, type HitView } from '$lib/bridge';
import { newID } from './id';

const first = 50; // rows
const step = 150; // more of them
const most = 500;
const calm = 120; // ms without a key before everything is counted

/** Search is what is looked for in every incident, and what was found. Of several answers the latest asked for counts. */
class Search {
	text = $state('');
	best = $state(false); // ranked among the newest 500; else the newest first
	hits = $state.raw<HitView[]>([]);
	filters = $state.raw<FilterView[]>([]);
	more = $state(false);
	count = $state(-1); // of all that is found; -1 = not counted yet
	fault = $state.raw<Fault | null>(null);
	missing = $state(0); // so many of the oldest entries are not found yet
	at = $state(0); // the row that the arrow keys stand on
	asked = $state(false); // there is an answer to what stands there
	people = $state.raw<string[]>([]);
	services = $state.raw<string[]>([]);

	#page = newID(Date.now()); // an earlier search of this page is given up for a later one
	#turn = 0;
	#limit = first;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#answer: Promise<void> = Promise.resolve();

	/** look asks for what stands in the field. */
	look(limit = first): void {
		this.#limit = limit;
		const mine = ++this.#turn;
		clearTimeout(this.#timer);
		if (this.text.trim() === '') return this.#put([], [], false, 0);
		this.#answer = this.#rows(mine);
		this.#timer = setTimeout(() => void this.#count(mine), calm);
	}

	/** chosen is the row that the arrow keys stand on, once what stands in the field has been answered. */
	async chosen(): Promise<HitView | undefined> {
		for (let last: Promise<void> | undefined; last !== this.#answer; ) {
			last = this.#answer;
			await last;
		}
		return this.hits[this.at];
	}

	/** goOn asks for more rows. */
	goOn(): void {
		if (this.more && this.#limit < most) this.look(Math.min(most, this.#limit + step));
	}

	/** add narrows by a filter; one with spaces is quoted. */
	add(key: string, value: string): void {
		const typed = /\s/.test(value) ? `${key}:"${value}"` : `${key}:${value}`;
		if (this.filters.some((f) => f.text === typed)) return;
		this.text = `${this.text.trim()} ${typed}`.trim();
		this.look();
	}

	/** drop takes a filter away again. */
	drop(f: FilterView): void {
		this.text = this.text.replace(f.text, '').replace(/\s+/g, ' ').trim();
		this.look();
	}

	/** choices asks whom and what can be chosen. */
	async choices(): Promise<void> {
		try {
			const c = await api.SearchChoices();
			this.people = c.people;
			this.services = c.services;
		} catch {
			// nothing can be chosen; what is typed works all the same
		}
	}

	#put(hits: HitView[], filters: FilterView[], more: boolean, count: number): void {
		this.hits = hits;
		this.filters = filters;
		this.more = more;
		this.count = count;
		this.fault = null;
		this.asked = this.text.trim() !== '';
		this.at = Math.min(this.at, Math.max(0, hits.length - 1));
	}

	#input = () => ({ page: this.#page, turn: this.#turn, text: this.text, best: this.best, limit: this.#limit });

	async #rows(mine: number): Promise<void> {
		try {
			const v = await api.Search(this.#input());
			if (mine !== this.#turn) return;
			if (this.#limit === first) this.at = 0;
			this.missing = v.missing;
			this.#put(v.hits, v.filters, v.more, v.more ? -1 : v.hits.length);
		} catch (reason) {
			if (mine === this.#turn) this.fault = faultOf(reason);
		}
	}

	async #count(mine: number): Promise<void> {
		try {
			const v = await api.SearchCount(this.#input());
			if (mine === this.#turn) this.count = v.count;
		} catch {
			// the rows say what is wrong
		}
	}
}

export const search = new Search();
