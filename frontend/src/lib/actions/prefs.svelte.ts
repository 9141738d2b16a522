import { cockpit } from '$lib/state/cockpit.svelte';
import { plainly, setPrefs } from './orders';

/** How the page looks and sounds, as far as it is chosen by the keys of a list. */
export interface Shown {
	theme: string;
	size: number;
	font: string;
	volume: number;
	local: boolean;
}

/**
 * Prefs are what was chosen, at once: who walks a list with the arrow keys must not be thrown back to where they were two
 * keys ago when that comes back from the backend.
 */
class Prefs {
	#wanted = $state.raw<Partial<Shown>>({});

	/** get is what was chosen last, else what the settings say. */
	get<K extends keyof Shown>(key: K, usual: Shown[K]): Shown[K] {
		return this.#wanted[key] ?? cockpit.station?.[key] ?? usual;
	}

	async set<K extends keyof Shown>(key: K, value: Shown[K]): Promise<void> {
		this.#wanted = { ...this.#wanted, [key]: value };
		const kept = await plainly(setPrefs({ [key]: value }));
		if (!kept && this.#wanted[key] === value) this.#forget(key);
	}

	/** follow forgets what has come back by now. */
	follow(): void {
		for (const key of Object.keys(this.#wanted) as (keyof Shown)[]) if (this.#wanted[key] === cockpit.station?.[key]) this.#forget(key);
	}

	#forget(key: keyof Shown): void {
		this.#wanted = { ...this.#wanted, [key]: undefined };
	}
}

export const prefs = new Prefs();
