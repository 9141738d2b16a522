import { api, faultOf, shell, type Fault, type LineView, type LiveView, type Notify, type RingView, type ShowView, type StationView } from '$lib/bridge';
import { steady, type Offset } from '$lib/format/time';
import { clock } from './clock.svelte';
import { put } from './rows';

/** A typed line that no Notify has brought back yet. */
export interface Pending {
	id: string;
	incident: string;
	text: string;
	as: string;
	at: number;
	saved: boolean; // the backend said that it is on disk
	fault: Fault | null; // why it is not
}

const remembered = 'quarterdeck.incident';

/** Cockpit holds what the backend pushed, for one chosen incident. It works nothing out about it. */
export class Cockpit {
	station = $state.raw<StationView | null>(null);
	live = $state.raw<LiveView | null>(null);
	rows = $state.raw<LineView[]>([]);
	earlier = $state(0); // rows before the first that were not sent
	pending = $state.raw<Pending[]>([]);
	chosen = $state('');
	up = $state(true); // the way to the backend
	lost = $state.raw<Fault | null>(null); // why the page is empty
	/** What a push asks the page to do once; set by whoever does it. */
	onRing: (r: RingView) => void = () => undefined;
	onShow: (s: ShowView) => void = () => undefined;

	#boot = '';
	#seen = { station: 0, live: 0, rows: 0 }; // the latest numbers, by part
	#where = new Map<string, string>(); // eslint-disable-line svelte/prefer-svelte-reactivity -- nothing is drawn from it

	offset = $derived<Offset>(this.station?.local ? steady(this.station.shifts) : 0);
	zone = $derived(this.station?.local ? this.station.zone : 'UTC');
	kit = $derived(this.live?.kit ?? this.station?.kit); // the chosen incident's own, else the one in force

	/**
	 * take assigns what is new and drops what is older. Numbers are compared part by part, because a message with one
	 * part may overtake a message with another. It answers false when an answer of Watch was overtaken by rows.
	 */
	take(n: Notify, complete = false): boolean {
		if (n.boot !== this.#boot) {
			this.#boot = n.boot;
			this.#seen = { station: 0, live: 0, rows: 0 };
		}
		const seen = this.#seen;
		if (complete && n.seq < seen.rows) return false;
		clock.follow(n.now);
		if (n.station && n.seq > seen.station) {
			this.station = n.station;
			seen.station = n.seq;
		}
		if (n.live?.id === this.chosen && n.live && n.seq > seen.live) {
			this.live = n.live;
			seen.live = n.seq;
		}
		if (n.timeline?.incident === this.chosen && n.timeline && n.seq > seen.rows) {
			if (complete) this.#empty();
			this.#put(n.timeline.rows);
			if (n.timeline.earlier >= 0) this.earlier = n.timeline.earlier;
			seen.rows = n.seq;
		}
		if (n.ring) this.onRing(n.ring);
		if (n.show) this.onShow(n.show);
		return true;
	}

	/** seen tells whether the commander has acknowledged what is due about something of the chosen incident. */
	seen(kind: string, subject: string): boolean {
		return this.station?.due.some((d) => d.acked && d.incident === this.chosen && d.kind === kind && d.subject === subject) ?? false;
	}

	#forget(incident: string): void {
		this.chosen = incident;
		this.live = null;
		this.earlier = 0;
		this.#seen.live = this.#seen.rows = 0;
		this.#empty();
		localStorage.setItem(remembered, incident);
	}

	#empty(): void {
		this.rows = [];
		this.#where.clear();
	}

	#put(rows: LineView[]): void {
		if (rows.length === 0) return;
		this.rows = put(this.rows, rows, this.#where);
		if (this.pending.some((p) => this.#where.has(p.id))) this.pending = this.pending.filter((p) => !this.#where.has(p.id));
	}

	/** choose shows an incident; none shows the list. */
	async choose(incident: string): Promise<void> {
		if (incident !== this.chosen) this.#forget(incident);
		await this.watch();
	}

	/** watch asks for everything about the chosen incident, again if a push overtook the answer. */
	async watch(): Promise<void> {
		const wanted = this.chosen;
		try {
			for (let i = 0; i < 5; i++) {
				const n = await api.Watch(wanted);
				if (wanted !== this.chosen || this.take(n, true)) break;
			}
			this.lost = null;
		} catch (reason) {
			const fault = faultOf(reason);
			if (fault.code === 'not_found' && wanted !== '') await this.choose('');
			else this.lost = fault;
		}
	}

	/** adopt shows the incident that a complete Notify is about. */
	adopt(n: Notify): void {
		this.#forget(n.live?.id ?? '');
		if (!this.take(n, true)) void this.watch();
	}

	/** older fetches rows before the first. */
	async older(limit: number): Promise<void> {
		const incident = this.chosen;
		const t = await api.Earlier({ incident, before: this.rows[0]?.sort ?? '', limit });
		if (incident !== this.chosen) return;
		this.#put(t.rows);
		this.earlier = Math.max(0, t.earlier);
	}

	/**
	 * start listens and shows the incident that was shown last, until it is closed, or the only one that is open. It shows
	 * nothing before it is known which one, nor before ready: a list that is gone at once delays what comes after it.
	 */
	async start(ready: Promise<unknown> = Promise.resolve()): Promise<void> {
		let early: Notify[] | null = []; // pushed while the page is empty
		let begun: Promise<void> | null = null;
		shell.listen(
			(n) => void (early ? early.push(n) : this.take(n)),
			(up) => {
				this.up = up;
				if (up) void begun?.then(() => this.watch()); // whatever was pushed while nobody listened
			},
		);
		begun = this.#begin(ready);
		await begun;
		for (const n of early) this.take(n);
		early = null;
	}

	async #begin(ready: Promise<unknown>): Promise<void> {
		const last = localStorage.getItem(remembered) ?? '';
		try {
			let n = await api.Watch(last).catch((reason: unknown) => {
				if (last === '' || faultOf(reason).code === 'unreachable') throw reason;
				return api.Watch(''); // that one is gone
			});
			const all = n.station?.incidents ?? [];
			const open = all.filter((r) => r.ended === 0);
			const row = all.find((r) => r.id === last && r.phase !== 'closed') ?? (open.length === 1 ? open[0] : undefined);
			if ((row?.id ?? '') !== (n.live?.id ?? '')) n = await api.Watch(row?.id ?? '');
			await ready;
			this.adopt(n);
			this.lost = null;
		} catch (reason) {
			this.lost = faultOf(reason);
		}
	}
}

export const cockpit = new Cockpit();
