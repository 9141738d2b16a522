import type { AudienceView, LiveView } from '$lib/bridge';
import { copy, draft, movePromise, plainly, sendUpdate, snooze } from '$lib/actions/orders';
import { readTime, when } from '$lib/format/time';
import { level } from '$lib/format/words';
import { retimed, sentences } from '$lib/format/text';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { drafts } from '$lib/state/drafts';

const minute = 60_000;

/** mostUrgent is who should hear something first: the worst look, then the earliest due, then the first of the kit. */
export function mostUrgent(live: LiveView): string {
	const owed = live.gate.owed[0];
	const due = live.audiences.filter((a) => a.due > 0).sort((a, b) => level(b.look) - level(a.look) || a.due - b.due);
	return due[0]?.id ?? owed ?? live.audiences[0]?.id ?? '';
}

/** Composer writes one update to one audience. What it sends is what its preview shows. */
export class Composer {
	audience = $state('');
	state = $state('');
	text = $state('');
	next = $state(''); // as typed
	checks = $state.raw<string[]>([]);
	fault = $state({ field: '', message: '' });
	busy = $state(false);
	how = $state<string | null>(null); // by what other means; null = the field is not open

	#template = ''; // the draft that the text began as
	#asked = 0;
	#live: () => LiveView;

	constructor(live: () => LiveView) {
		this.#live = live;
	}

	get view(): AudienceView | undefined {
		return this.#live().audiences.find((a) => a.id === this.audience);
	}

	/** at is the promised time: 0 for none, null when it cannot be read. */
	get at(): number | null {
		return readTime(this.next, clock.now, cockpit.offset, 'ahead');
	}

	#place(): string {
		return `update/${this.#live().id}/${this.audience}`;
	}

	/** to begins an update: a kept text if there is one, else the template. */
	async to(audience: string): Promise<void> {
		const mine = ++this.#asked;
		this.audience = audience;
		this.how = null;
		this.fault = { field: '', message: '' };
		const kept = drafts.get(this.#place());
		const d = await draft(audience, '', '', 0);
		if (!d || mine !== this.#asked) return;
		this.state = d.state;
		this.next = d.next === 0 ? '' : when(d.next, d.next, cockpit.offset);
		this.#template = d.text;
		this.text = kept === '' ? d.text : kept;
		this.checks = d.checks;
		if (kept !== '') await this.check();
	}

	/** typed keeps the text and looks it over. */
	typed(): void {
		this.fault = { field: '', message: '' };
		drafts.keep(this.#place(), this.text === this.#template ? '' : this.text);
		void this.check();
	}

	async check(): Promise<void> {
		const mine = ++this.#asked;
		const d = await draft(this.audience, this.state, this.text, this.at ?? 0);
		if (d && mine === this.#asked) this.checks = d.checks;
	}

	/** refill follows another state or another next time; words that were changed by hand stay. */
	async refill(): Promise<void> {
		this.fault = { field: '', message: '' };
		if (this.state === 'resolved') this.next = '';
		const at = this.at;
		if (at === null) return;
		const mine = ++this.#asked;
		const d = await draft(this.audience, this.state, '', at);
		if (!d || mine !== this.#asked) return;
		const carried = retimed(this.text, this.#template, d.text);
		this.#template = d.text;
		if (carried !== null) this.text = carried;
		drafts.keep(this.#place(), this.text === d.text ? '' : this.text);
		await this.check();
	}

	/** promise sets the next time to so many minutes from now. */
	promise(minutes: number): void {
		this.next = when(Math.ceil((clock.now + minutes * minute) / minute) * minute, clock.now, cockpit.offset);
		void this.refill();
	}

	async copy(): Promise<void> {
		if ((await copy(this.text)) === null) desk.say('Copied. It is not recorded as sent');
	}

	/** send records the update as sent by hand; by copying, it copies first and records only what was copied. */
	async send(how: string): Promise<void> {
		const at = this.at;
		if (at === null) {
			this.fault = { field: 'next', message: 'A time like 30m or 15:05' };
			return;
		}
		if (this.busy) return;
		this.busy = true;
		try {
			if (how === 'copied' && (await copy(this.text)) !== null) return;
			const wrong = await sendUpdate(this.audience, this.state, this.text, at, how);
			if (wrong) {
				this.fault = { field: wrong.field === 'phase' ? 'state' : wrong.field, message: sentences(wrong.message, wrong.hint) };
				return;
			}
		} finally {
			this.busy = false;
		}
		drafts.keep(this.#place(), '');
		desk.say(`${how === 'copied' ? 'Copied and recorded' : `Recorded as sent by ${how}`}: ${this.view?.name ?? this.audience}`);
		await this.#onwards();
	}

	/** #onwards goes to the next audience that waits, or closes. */
	async #onwards(): Promise<void> {
		const sent = this.audience;
		const live = this.#live();
		const owed = live.phase === 'resolved' || live.phase === 'closed' ? live.gate.owed : [];
		const waits = live.audiences.find((a) => a.id !== sent && (level(a.look) >= 2 || owed.includes(a.id)));
		if (waits) await this.to(waits.id);
		else desk.close();
	}

	/** stillWorking promises another time without news: the audience's interval from now. */
	async stillWorking(): Promise<void> {
		const every = this.view?.every || 30;
		const at = Math.ceil((clock.now + every * minute) / minute) * minute;
		if (!(await plainly(movePromise(this.audience, at)))) return;
		desk.say(`${this.view?.name ?? ''}: the next update is promised for ${when(at, clock.now, cockpit.offset)}`);
		await this.#onwards();
	}

	/** silence quiets the alarm of this audience; it stays due. */
	async silence(): Promise<void> {
		const key = this.view?.key ?? '';
		if (key !== '' && (await plainly(snooze(key, 5)))) desk.say('Quiet for 5 minutes. It stays due');
	}
}
