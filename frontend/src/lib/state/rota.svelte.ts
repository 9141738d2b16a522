import { api, faultOf, type Fault, type LaneView, type PictureView } from '$lib/bridge';

/** Slot is the stretch of a row that a sheet is about. */
export interface Slot {
	schedule: string;
	lane: string;
	start: number;
	end: number;
	/** Others that could be meant, by name: a gap, a whole turn, the day. */
	choices: { id: string; name: string; start: number; end: number }[];
	override: { id: string; person: string; note: string } | null; // one made here, to be changed
}

/** Rota is what the calendar's page shows: a picture, and the cell in it that has the focus. */
class Rota {
	picture = $state.raw<PictureView | null>(null);
	view = $state<'week' | 'month'>('week');
	zone = $state(''); // empty = the machine's
	at = $state(0); // an instant in the picture; 0 = now
	row = $state(0);
	day = $state(0);
	slot = $state.raw<Slot | null>(null);
	lost = $state.raw<Fault | null>(null); // why there is no picture
	#asked = 0;
	#wanted = 0; // the instant whose day gets the focus with the next picture; 0 = the one that has it

	lane = $derived<LaneView | undefined>(this.picture?.calendar.lanes[this.row]);

	/** load asks for the picture; of several answers the latest asked for counts. */
	async load(): Promise<void> {
		const asked = ++this.#asked;
		try {
			const p = await api.Picture({ at: this.at, view: this.view, zone: this.zone });
			if (asked !== this.#asked) return;
			const d = this.picture?.days[this.day];
			const wanted = this.#wanted || (d ? (d.start + d.end) / 2 : 0);
			this.#wanted = 0;
			this.picture = p;
			this.lost = null;
			this.row = Math.max(0, Math.min(this.row, p.calendar.lanes.length));
			this.find(wanted);
		} catch (reason) {
			if (asked === this.#asked) this.lost = faultOf(reason);
		}
	}

	/** go shows the picture around an instant; the cell of that day gets the focus. */
	async go(at: number, view: 'week' | 'month' = this.view): Promise<void> {
		this.at = at;
		this.view = view;
		this.#wanted = at;
		await this.load();
	}

	/** find moves to the day of an instant. */
	find(at: number): void {
		const days = this.picture?.days ?? [];
		const i = days.findIndex((d) => at < d.end);
		this.day = i < 0 ? Math.max(0, days.length - 1) : i;
	}
}

export const rota = new Rota();
