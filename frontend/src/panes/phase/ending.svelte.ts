import type { LiveView } from '$lib/bridge';
import { planRetro } from '$lib/actions/orders';
import { endChannel } from '$lib/actions/outgoing';
import { readTime, stamp } from '$lib/format/time';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { sentences } from '$lib/format/text';

/** Ending is what the gate asks for beside the criteria: who sees to the retrospective, and when. */
export class Ending {
	owner = $state('');
	date = $state('');
	fault = $state('');
	words = $state(''); // how it was resolved, for the channel
	archive = $state(false);
	#live: () => LiveView;
	#times = new Map<string, Promise<boolean>>(); // eslint-disable-line svelte/prefer-svelte-reactivity -- nothing is drawn from it

	constructor(live: () => LiveView) {
		this.#live = live;
		this.owner = live().commander.name;
		this.date = live().gate.retroBy === 0 ? '' : stamp(live().gate.retroBy, cockpit.offset);
	}

	/** due tells whether there is a retrospective to book: it is asked for, and the fields are filled in. */
	get due(): boolean {
		return this.#live().gate.retro && this.owner.trim() !== '' && this.date.trim() !== '';
	}

	/** readable tells whether the day can be read. */
	readable(): boolean {
		const ok = (this.#at() ?? 0) !== 0;
		this.fault = ok ? '' : 'A day like 2026-11-24 10:00';
		return ok;
	}

	/** book plans the retrospective and tells whether it is planned. */
	async book(): Promise<boolean> {
		if (!this.readable()) return false;
		const wrong = await planRetro(this.owner.trim(), this.#at() ?? 0);
		this.fault = wrong ? sentences(wrong.message, wrong.hint) : '';
		return wrong === null;
	}

	/** told tells the channel how it was resolved, where there is one and somebody wrote it; what keeps it from that is the answer. */
	async told(): Promise<string> {
		if (this.#live().channel.remote === '' || this.words.trim() === '') return '';
		const wrong = await endChannel(this.words.trim(), this.archive);
		return wrong ? sentences(wrong.message, wrong.hint) : '';
	}

	/** time notes that a time is being saved. */
	time(id: string, saved: Promise<boolean>): void {
		this.#times.set(id, saved);
	}

	/** timed waits for the times that were typed, and tells whether all are in the record. */
	async timed(): Promise<boolean> {
		return (await Promise.all(this.#times.values())).every((saved) => saved);
	}

	#at(): number | null {
		return readTime(this.date, clock.now, cockpit.offset, 'ahead');
	}
}
