import { api } from '$lib/bridge';

const soon = 400; // ms from a key to the disk
const most = 256 * 1024; // characters; a longer text is no draft

/** Drafts is half-written text, kept by the backend as it is typed. */
class Drafts {
	#kept = new Map<string, string>();
	#waiting = new Map<string, ReturnType<typeof setTimeout>>();
	#last: Promise<void> = Promise.resolve();
	/** lost is told when a draft could not be kept. */
	lost: (reason: unknown) => void = () => undefined;

	async load(): Promise<void> {
		for (const k of await api.Kept()) if (!this.#kept.has(k.place)) this.#kept.set(k.place, k.text);
	}

	get(place: string): string {
		return this.#kept.get(place) ?? '';
	}

	/** keep saves a text a moment later; an empty one is forgotten at once. */
	keep(place: string, text: string): void {
		if (text.length > most || this.get(place) === text) return;
		if (text === '') this.#kept.delete(place);
		else this.#kept.set(place, text);
		clearTimeout(this.#waiting.get(place));
		if (text === '') void this.#save(place);
		else this.#waiting.set(place, setTimeout(() => void this.#save(place), soon));
	}

	/** #save writes one after the other, so that an older text never overtakes a newer one. */
	#save(place: string): Promise<void> {
		this.#waiting.delete(place);
		this.#last = this.#last.then(() => api.Keep({ place, text: this.get(place) })).catch((reason: unknown) => this.lost(reason));
		return this.#last;
	}
}

export const drafts = new Drafts();
