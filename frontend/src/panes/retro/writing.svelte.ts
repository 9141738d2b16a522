import { hints, writeSection } from '$lib/actions/retro';
import type { Fault, HintView, SectionView } from '$lib/bridge';
import { drafts } from '$lib/state/drafts';

const pause = 120_000; // ms without a key that are no work
const soon = 500; // ms after the last key until the words are looked at

/** Writing is one section under somebody's hands: its text, whether it is saved, and which words to think about. */
export class Writing {
	text = $state('');
	fault = $state.raw<Fault | null>(null);
	saving = $state(false);
	hints = $state.raw<HintView[]>([]);
	away = $state.raw<readonly string[]>([]); // hints that were waved off
	theirs = $state(''); // what somebody else has written meanwhile; it is not what ours rests on
	#base = $state(''); // the record that the text rests on
	#saved = $state('');
	#sent: string | null = null; // on its way into the record
	#active = 0; // ms of work since the last save
	#last = 0;
	#looking: ReturnType<typeof setTimeout> | undefined;

	constructor(
		readonly incident: string,
		readonly id: string,
		section: SectionView,
	) {
		this.#base = section.record;
		this.#saved = section.text;
		const [base, ...rest] = drafts.get(this.#place).split('\n'); // half-written, of before
		this.text = base === undefined || base === '' ? section.text : rest.join('\n');
		if (base !== undefined && base !== '' && base !== `${section.record}.`) this.theirs = section.text;
		this.#look();
	}

	get #place(): string {
		return `retro/${this.incident}/${this.id}`;
	}

	get dirty(): boolean {
		return this.text.trim() !== this.#saved.trim();
	}

	get shown(): HintView[] {
		return this.hints.filter((h) => !this.away.includes(h.words.toLowerCase()));
	}

	/** follow takes in what stands in the record now. */
	follow(section: SectionView): void {
		if (section.record === this.#base) return;
		const ours = [this.text, this.#saved, this.#sent].some((t) => t?.trim() === section.text);
		if (!this.dirty) this.text = section.text;
		if (ours || !this.dirty) this.#rest(section);
		else if (!this.saving) this.theirs = section.text;
	}

	/** merged says that ours now holds what theirs says: it may take its place. */
	merged(section: SectionView): void {
		this.#rest(section);
		this.fault = null;
	}

	#rest(section: SectionView): void {
		this.#base = section.record;
		this.#saved = section.text;
		this.theirs = '';
		this.#keep();
		this.#look();
	}

	typed(): void {
		const now = Date.now();
		if (this.#last !== 0) this.#active += Math.min(now - this.#last, pause) === pause ? 0 : now - this.#last;
		this.#last = now;
		this.fault = null;
		this.#keep();
		this.#look();
	}

	#keep(): void {
		drafts.keep(this.#place, this.dirty ? `${this.#base}.\n${this.text}` : '');
	}

	#look(): void {
		clearTimeout(this.#looking);
		this.#looking = setTimeout(async () => {
			const of = this.text;
			const found = of.trim() === '' ? [] : await hints(of);
			if (of === this.text) this.hints = found;
		}, soon);
	}

	wave(h: HintView): void {
		this.away = [...this.away, h.words.toLowerCase()];
	}

	/** save writes the text down as a record, when it is another one. */
	async save(): Promise<void> {
		if (!this.dirty || this.saving || this.theirs !== '') return;
		this.saving = true;
		const text = (this.#sent = this.text);
		this.fault = await writeSection(this.incident, this.id, text, this.#base, Math.round(this.#active / 1000));
		this.saving = false;
		if (this.fault) return;
		this.#active = 0;
		this.#last = 0;
		this.#saved = text;
		this.#keep();
	}
}
