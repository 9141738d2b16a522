import { SvelteMap } from 'svelte/reactivity';
import type { AudienceView, DeliveryView, LiveView, RouteView } from '$lib/bridge';
import { copy, movePromise, plainly, snooze } from '$lib/actions/orders';
import { byHand, routes, sendUpdate, switchRoute, type Words } from '$lib/actions/outgoing';
import { hm, when } from '$lib/format/time';
import { level } from '$lib/format/words';
import { sentences } from '$lib/format/text';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { Letter } from './letter.svelte';

const minute = 60_000;
const over = ['sent', 'superseded', 'cancelled'];

/** mostUrgent is who should hear something first: the worst look, then the earliest due, then the first of the kit. */
export function mostUrgent(live: LiveView): string {
	const owed = live.gate.owed[0];
	const due = live.audiences.filter((a) => a.due > 0).sort((a, b) => level(b.look) - level(a.look) || a.due - b.due);
	return due[0]?.id ?? owed ?? live.audiences[0]?.id ?? '';
}

/** routed tells whether something leaves to an audience by itself. */
export const routed = (a: AudienceView | undefined): boolean => a !== undefined && a.route !== '' && a.route !== 'hand';

/** Composer writes updates, one letter an audience, and sends those that are ticked in one act. */
export class Composer {
	audience = $state('');
	ticked = $state.raw<string[]>([]); // beside the one that is shown
	busy = $state(false);
	how = $state<string | null>(null); // by what other means; null = the field is not open
	reason = $state<string | null>(null); // for going by the next route; null = the field is not open
	ways = $state.raw<RouteView[]>([]);
	left = $state.raw<string[]>([]); // to whom something has left from this sheet

	#guessed = false; // who is ticked is nobody's choice, and nothing is due to them
	#letters = new SvelteMap<string, Letter>();
	#blank: Letter;
	#live: () => LiveView;

	constructor(live: () => LiveView) {
		this.#live = live;
		this.#blank = new Letter('', '');
	}

	get view(): AudienceView | undefined {
		return this.#of(this.audience);
	}

	get letter(): Letter {
		return this.#letters.get(this.audience) ?? this.#blank;
	}

	#of(audience: string): AudienceView | undefined {
		return this.#live().audiences.find((a) => a.id === audience);
	}

	/** way is a route as it was when it was last used. */
	way(name: string): RouteView | undefined {
		return this.ways.find((r) => r.name === name);
	}

	/** down tells that an audience's route failed when it was last used. */
	down(a: AudienceView | undefined): boolean {
		const r = routed(a) ? this.way(a?.route ?? '') : undefined;
		return r !== undefined && r.tried > 0 && !r.works;
	}

	/** targets are to whom the main act sends: who is shown, and who is ticked and can be reached by a route. */
	get targets(): string[] {
		const others = routed(this.view) ? this.ticked.filter((id) => id !== this.audience && routed(this.#of(id))) : [];
		return [this.audience, ...others];
	}

	/** posts are what is on its way to an audience, or waits for a word. */
	posts(audience: string): DeliveryView[] {
		return this.#live().outbox.filter((d) => d.audience === audience && !over.includes(d.state));
	}

	/** open begins: with what was asked for, else with everybody whom something is due to. */
	async open(subject: string): Promise<void> {
		const [asked = '', wrong = ''] = subject.split('/');
		void routes().then((r) => (this.ways = r));
		const first = asked === '' ? mostUrgent(this.#live()) : asked;
		const due = asked === '' ? this.#live().audiences.filter((a) => routed(a) && level(a.look) >= 1).map((a) => a.id) : [asked];
		this.#guessed = due.length === 0;
		this.ticked = this.#guessed ? [first] : due;
		this.audience = first;
		await this.#begun(first, wrong);
		// Who was chosen meanwhile has a letter, and perhaps words in it.
		await Promise.all(due.filter((id) => !this.#letters.has(id)).map((id) => this.#begun(id)));
	}

	async #begun(audience: string, wrong = ''): Promise<Letter> {
		const letter = new Letter(this.#live().id, audience, wrong);
		this.#letters.set(audience, letter);
		const at = this.#of(audience)?.at ?? 0;
		await letter.begin(wrong === '' ? '' : `Correction to what we said at ${hm(at, cockpit.offset)} ${cockpit.zone}: `);
		return letter;
	}

	/** toggle ticks an audience and shows it; one that is shown is taken out again while others stay. */
	async toggle(audience: string): Promise<void> {
		const rest = this.ticked.filter((id) => id !== audience);
		const after = rest[0];
		if (audience === this.audience && after !== undefined && rest.length < this.ticked.length) {
			this.ticked = rest;
			return this.show(after);
		}
		this.ticked = this.#guessed ? [audience] : [...rest, audience];
		this.#guessed = false;
		await this.show(audience, true);
	}

	/** show looks at another one, as it stands or, anew, with what has changed since. */
	async show(audience: string, anew = false): Promise<void> {
		this.how = this.reason = null;
		this.audience = audience;
		const letter = this.#letters.get(audience);
		if (!letter) await this.#begun(audience);
		else if (anew) await letter.again();
	}

	/** turn shows the next one of those that it leaves to, or the one before. */
	turn(by: number): void {
		const all = this.#live().audiences.map((a) => a.id).filter((id) => this.targets.includes(id));
		const to = all[(all.indexOf(this.audience) + by + all.length) % all.length];
		if (to !== undefined) void this.show(to);
	}

	/** same gives the words that are shown to everybody who is ticked. */
	async same(): Promise<void> {
		const from = this.letter;
		for (const id of this.targets.slice(1)) (this.#letters.get(id) ?? (await this.#begun(id))).take(from);
		desk.say(`The same words for ${this.targets.slice(1).map((id) => this.#of(id)?.name ?? id).join(' and ')}`);
	}

	async copy(): Promise<void> {
		const text = this.letter.shown?.text ?? this.letter.text;
		if ((await copy(text)) === null) desk.say(this.left.includes(this.audience) ? 'Copied' : 'Copied. It is not recorded as sent');
	}

	/** mail has the words that are shown leave by a program of the person's own. */
	mail(by: (w: Words) => unknown): unknown {
		const l = this.letter;
		return by({ incident: l.incident, audience: l.audience, state: l.state, text: l.text, next: l.at ?? 0, corrects: l.corrects, despite: l.despite });
	}

	/** #one sends one letter, and tells whether it was taken. */
	async #one(letter: Letter, how: string): Promise<boolean> {
		await letter.ready;
		const at = letter.at;
		if (at === null) {
			letter.fault = { field: 'next', message: 'A time like 30m or 15:05' };
			return false;
		}
		const wrong = await sendUpdate({ incident: letter.incident, audience: letter.audience, state: letter.state, text: letter.text, next: at, how, merges: letter.merges, corrects: letter.corrects, mentions: how === '' ? letter.calls.map((m) => m.id) : [], despite: letter.despite });
		if (wrong) {
			letter.fault = { field: wrong.field === 'phase' ? 'state' : wrong.field, message: sentences(wrong.message, wrong.hint) };
			return false;
		}
		letter.over();
		return true;
	}

	/** send lets everything that is ticked leave; what goes by hand it copies first, and records only what was copied. */
	async send(): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		const all = this.targets;
		const hand = !routed(this.view);
		const down = all.some((id) => this.down(this.#of(id)));
		try {
			await this.letter.ready;
			if ((hand || down) && (await copy(this.letter.text)) !== null) return;
			for (const id of all) {
				const letter = this.#letters.get(id) ?? (await this.#begun(id));
				if (!(await this.#one(letter, hand ? 'copied' : ''))) return await this.show(id);
				this.ticked = this.ticked.filter((t) => t !== id);
				this.left = [...this.left, id];
			}
		} finally {
			this.busy = false;
		}
		const names = all.map((id) => this.#of(id)?.name ?? id).join(' and ');
		if (hand) desk.say(`Copied and recorded: ${names}`);
		if (down) return desk.say(`Queued and copied: ${names}. Say how, once it was sent by other means`);
		await this.#onwards(all);
	}

	/** by records what is shown as sent by other means; what is still queued is thereby done. */
	async by(how: string): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		const waits = this.left.includes(this.audience) ? this.posts(this.audience) : [];
		try {
			for (const d of waits) if (!(await byHand(d.id, how))) return;
			if (waits.length === 0 && !(await this.#one(this.letter, how))) return;
		} finally {
			this.busy = false;
		}
		desk.say(`Recorded as sent by ${how}: ${this.view?.name ?? this.audience}`);
		await this.#onwards([this.audience]);
	}

	/** #onwards goes to the next audience that waits, or closes. */
	async #onwards(sent: string[]): Promise<void> {
		const live = this.#live();
		const owed = live.phase === 'resolved' || live.phase === 'closed' ? live.gate.owed : [];
		const waits = live.audiences.find((a) => !sent.includes(a.id) && !this.left.includes(a.id) && (level(a.look) >= 2 || owed.includes(a.id)));
		if (!waits) return desk.close();
		this.ticked = [waits.id];
		await this.show(waits.id, true);
	}

	/** next goes by the next route of the ladder from now on. */
	async next(): Promise<void> {
		const wrong = await switchRoute(this.audience, '', this.reason ?? '');
		if (wrong) {
			this.letter.fault = { field: 'reason', message: sentences(wrong.message, wrong.hint) };
			return;
		}
		this.reason = null;
		await this.letter.by('');
	}

	/** stillWorking promises another time without news: the audience's interval from now. */
	async stillWorking(): Promise<void> {
		const every = this.view?.every || 30;
		const at = Math.ceil((clock.now + every * minute) / minute) * minute;
		if (!(await plainly(movePromise(this.audience, at)))) return;
		desk.say(`${this.view?.name ?? ''}: the next update is promised for ${when(at, clock.now, cockpit.offset)}`);
		await this.#onwards([this.audience]);
	}

	/** silence quiets the alarm of this audience; it stays due. */
	async silence(): Promise<void> {
		const key = this.view?.key ?? '';
		if (key !== '' && (await plainly(snooze(key, 5)))) desk.say('Quiet for 5 minutes. It stays due');
	}
}
