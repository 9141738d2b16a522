import type { LiveView } from '$lib/bridge';
import { planRetro } from '$lib/actions/orders';
import { readTime, stamp } from '$lib/format/time';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { sentences } from '$lib/format/text';

/** Ending is what the gate asks for beside the criteria: who sees to the retrospective, and when. */
export class Ending {
	owner = $state('');
	date = $state('');
	fault = $state('');
	#live: () => LiveView;

	constructor(live: () => LiveView) {
		this.#live = live;
		this.owner = live().commander.name;
		this.date = live().gate.retroBy === 0 ? '' : stamp(live().gate.retroBy, cockpit.offset);
	}

	/** book plans the retrospective and tells whether it is planned. */
	async book(): Promise<boolean> {
		const at = readTime(this.date, clock.now, cockpit.offset, 'ahead');
		if (at === null || at === 0) {
			this.fault = 'A day like 2026-11-24 10:00';
			return false;
		}
		const wrong = await planRetro(this.owner.trim(), at);
		this.fault = wrong ? sentences(wrong.message, wrong.hint) : '';
		return wrong === null;
	}

	/** settle books what is filled in and not booked yet. */
	async settle(): Promise<boolean> {
		const filled = this.owner.trim() !== '' && this.date.trim() !== '';
		return this.#live().gate.retro && filled ? this.book() : true;
	}
}
