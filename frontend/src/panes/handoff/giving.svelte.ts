import { acceptCommand, announce, claimCommand, copy, handoff, offerCommand, plainly, setPrefs, withdrawOffer, type Handover, type Outcome } from '$lib/actions/orders';
import type { HandoffView, LiveView } from '$lib/bridge';
import { hm, readTime } from '$lib/format/time';
import { sentences } from '$lib/format/text';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { drafts } from '$lib/state/drafts';
import { newest } from '$lib/state/newest';

const minute = 60_000;
const parts = ['worry', 'undone', 'care'] as const;

/** Giving is one handing over of command: offered, said back, accepted, announced. */
export class Giving {
	view = $state.raw<HandoffView | null>(null);
	only = $state<Handover>({ worry: '', undone: '', care: '' });
	back = $state.raw<string[]>([]);
	heard = $state(''); // when it was accepted aloud, as typed; empty = now
	text = $state(''); // the announcement
	fault = $state({ field: '', message: '' });
	warned = $state(false); // what was not said back has been shown

	#live: () => LiveView;
	#term: number;
	#asked = newest();
	#busy = false;

	constructor(live: () => LiveView) {
		this.#live = live;
		this.#term = live().term;
		const offer = live().offer;
		for (const p of parts) this.only[p] = drafts.get(this.#place(p)) || (offer?.[p] ?? '');
	}

	/** over: command has moved since the sheet was opened. */
	get over(): boolean {
		return this.#live().term > this.#term;
	}

	get missing(): string[] {
		return (this.view?.back ?? []).filter((s) => !this.back.includes(s.id)).map((s) => s.name.toLowerCase());
	}

	#place(part: string): string {
		return `handoff/${this.#live().id}/${part}`;
	}

	/** read asks for the brief as it is now. */
	async read(): Promise<void> {
		await this.#asked(handoff(), (v) => {
			if (!v) return;
			if (this.text === '' || this.text === this.view?.announce) this.text = v.announce;
			this.view = v;
		});
	}

	typed(): void {
		for (const p of parts) drafts.keep(this.#place(p), this.only[p]);
	}

	tick(id: string): void {
		this.back = this.back.includes(id) ? this.back.filter((b) => b !== id) : [...this.back, id];
		this.warned = false;
	}

	/** #done gives an order, unless one is under way, and tells whether it was taken. */
	async #done(order: () => Outcome): Promise<boolean> {
		if (this.#busy) return false;
		this.#busy = true;
		const wrong = await order().finally(() => (this.#busy = false));
		this.fault = wrong?.code === 'invalid' ? { field: wrong.field, message: sentences(wrong.message, wrong.hint) } : { field: '', message: '' };
		return wrong === null;
	}

	offer(person: string): Promise<boolean> {
		return this.#done(() => offerCommand(person, this.only));
	}

	/** complete adds to the offer what was typed since it was made. */
	async complete(): Promise<boolean> {
		const offer = this.#live().offer;
		if (!offer || parts.every((p) => offer[p] === this.only[p].trim())) return true;
		return this.#done(() => offerCommand(offer.to.name, this.only));
	}

	/** at is when it was accepted aloud: 0 for now, null when it cannot be read. A clock without seconds is not before the offer of the same minute. */
	get at(): number | null {
		const at = readTime(this.heard, clock.now, cockpit.offset, 'back');
		const asked = this.#live().offer?.at ?? 0;
		return at !== null && at !== 0 && at < asked && at > asked - minute ? asked : at;
	}

	/** accept moves command; what was not said back is shown first. */
	async accept(voice: boolean): Promise<void> {
		const at = voice ? this.at : 0;
		if (at === null) {
			this.fault = { field: 'at', message: 'A time like 16:09, or how long ago: 5m' };
			return;
		}
		if (this.missing.length > 0 && !this.warned) {
			this.warned = true;
			return;
		}
		if (!(await this.complete())) return;
		if (!(await this.#done(() => acceptCommand(voice, this.back, at)))) return;
		for (const p of parts) drafts.keep(this.#place(p), '');
	}

	async withdraw(): Promise<void> {
		if (await this.#done(withdrawOffer)) desk.say(`The offer is withdrawn; ${this.#live().commander.name} commands`);
	}

	claim(how: string): Promise<boolean> {
		return this.#done(() => claimCommand(how));
	}

	async copyBrief(): Promise<void> {
		if (!(await this.complete())) return;
		await this.read();
		if (this.view && (await plainly(copy(this.view.text)))) desk.say('The brief is on the clipboard');
	}

	async copyAnnouncement(): Promise<void> {
		if (await plainly(copy(this.text))) desk.say('The announcement is on the clipboard; say it where people listen');
	}

	async send(): Promise<void> {
		if (!(await this.#done(() => announce(this.text)))) return;
		desk.say('The announcement is on its way to the channel');
		desk.close();
	}

	/** sitDown makes the one who took over the one who sits here. */
	async sitDown(): Promise<void> {
		const name = this.#live().commander.name;
		if (await plainly(setPrefs({ name }))) desk.say(`${name} sits here now`);
	}

	offered(): string {
		const offer = this.#live().offer;
		return offer ? `offered ${hm(offer.at, cockpit.offset)}` : '';
	}
}
