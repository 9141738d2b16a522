import type { DraftView, MentionView, PreviewView } from '$lib/bridge';
import { draft } from '$lib/actions/orders';
import { preview } from '$lib/actions/outgoing';
import { readTime, when } from '$lib/format/time';
import { retimed } from '$lib/format/text';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { drafts } from '$lib/state/drafts';

const minute = 60_000;

/** Letter is an update to one audience while it is written. What leaves is what its preview shows. */
export class Letter {
	readonly audience: string;
	readonly corrects: string; // the update that was wrong; empty = none
	state = $state('');
	text = $state('');
	next = $state(''); // as typed
	checks = $state.raw<string[]>([]);
	hidden = $state.raw<string[]>([]); // what the record says and these readers are not told
	gives = $state(''); // the secret in it, by its kind
	stops = $state(false); // that keeps it from leaving
	despite = $state(''); // why it leaves all the same
	calls = $state.raw<MentionView[]>([]); // whom it calls, chosen and never typed
	route = $state(''); // that the preview is for; empty = the one in force
	shown = $state.raw<PreviewView | null>(null);
	fault = $state({ field: '', message: '' });
	merges = $state(false); // it takes the place of what has not left
	ready: Promise<void> = Promise.resolve(); // it has its first words, and those of the state and the time that were chosen last

	readonly incident: string;
	#template = ''; // the draft that the text began as
	#own = false; // state or time are somebody's choice
	#filled: Promise<void> = Promise.resolve(); // it has its first words
	#worded = 0; // drafts that were asked for
	#asked = 0; // checks and previews that were asked for

	constructor(incident: string, audience: string, corrects = '') {
		this.incident = incident;
		this.audience = audience;
		this.corrects = corrects;
	}

	/** at is the promised time: 0 for none, null when it cannot be read. */
	get at(): number | null {
		return readTime(this.next, clock.now, cockpit.offset, 'ahead');
	}

	get #place(): string {
		return `update/${this.incident}/${this.audience}`;
	}

	#advised(d: DraftView): void {
		this.checks = d.checks;
		this.hidden = d.hidden;
		this.gives = d.gives;
		this.stops = d.stops;
	}

	/** begin fills it: a kept text if there is one, else the template; a correction begins as one. */
	begin(correction = ''): Promise<void> {
		this.ready = this.#filled = this.#fill(correction);
		return this.ready;
	}

	async #fill(correction: string): Promise<void> {
		const mine = ++this.#worded;
		this.fault = { field: '', message: '' };
		const kept = correction === '' ? drafts.get(this.#place) : correction;
		if (kept !== '') this.text = kept;
		const was = { state: this.state, next: this.next, text: this.text };
		const d = await draft(this.incident, this.audience, '', '', 0);
		if (!d || mine !== this.#worded) return;
		// What was chosen or typed meanwhile stays.
		if (this.state === was.state) this.state = d.state;
		if (this.next === was.next) this.next = d.next === 0 ? '' : when(d.next, d.next, cockpit.offset);
		this.#template = d.text;
		this.merges = d.merges && kept === '';
		if (kept === '' && this.text === was.text) this.text = d.text;
		this.#advised(d);
		if (this.text === d.text) await this.#render(++this.#asked);
		else await this.check();
	}

	/** again follows what has changed since; words that were changed by hand stay, and so do a state and a time that were chosen. */
	again(): Promise<void> {
		if (this.text !== this.#template) return this.check();
		return this.#own ? this.refill() : this.begin();
	}

	/** typed keeps the text and looks it over. */
	typed(): void {
		this.fault = { field: '', message: '' };
		drafts.keep(this.#place, this.text === this.#template ? '' : this.text);
		void this.check();
	}

	async check(): Promise<void> {
		const mine = ++this.#asked;
		const d = await draft(this.incident, this.audience, this.state, this.text, this.at ?? 0);
		if (!d || mine !== this.#asked) return;
		this.#advised(d);
		await this.#render(mine);
	}

	/** call has it call these. */
	async call(who: MentionView[]): Promise<void> {
		this.calls = who;
		await this.check();
	}

	/** by shows it as another route would carry it. */
	async by(route: string): Promise<void> {
		this.route = route;
		await this.check();
	}

	async #render(mine: number): Promise<void> {
		const p = await preview({ incident: this.incident, audience: this.audience, state: this.state, text: this.text, next: this.at ?? 0, route: this.route, corrects: this.corrects, mentions: this.calls.map((m) => m.id) });
		if (mine === this.#asked) this.shown = p;
	}

	/** refill follows another state or another next time; words that were changed by hand stay. */
	refill(): Promise<void> {
		this.#own = true;
		this.ready = this.#follow();
		return this.ready;
	}

	async #follow(): Promise<void> {
		this.fault = { field: '', message: '' };
		await this.#filled;
		if (this.state === 'resolved') this.next = '';
		const at = this.at;
		if (at === null) return;
		const mine = ++this.#worded;
		const d = await draft(this.incident, this.audience, this.state, '', at);
		if (!d || mine !== this.#worded) return;
		const carried = retimed(this.text, this.#template, d.text);
		this.#template = d.text;
		if (carried !== null) this.text = carried;
		drafts.keep(this.#place, this.text === d.text ? '' : this.text);
		await this.check();
	}

	/** promise sets the next time to so many minutes from now. */
	promise(minutes: number): void {
		this.next = when(Math.ceil((clock.now + minutes * minute) / minute) * minute, clock.now, cockpit.offset);
		void this.refill();
	}

	/** take has the words of another one. */
	take(from: Letter): void {
		this.state = from.state;
		this.text = from.text;
		this.next = from.next;
		this.typed();
	}

	/** over forgets the kept words: they have left. */
	over(): void {
		drafts.keep(this.#place, '');
	}
}
