import { mac } from '$lib/format/keys';
import type { Press } from './chord';

/** Where the focus is when a key comes. */
export type Place = 'line' | 'field' | 'control' | 'page';

/** What to do with a key that is no chord. */
export type Verdict = 'leave' | 'line' | 'submit' | 'space';

const walking = ['Tab', 'F6', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

/**
 * Typing decides where a key belongs, so that a note typed from anywhere lands in the log line and presses nothing:
 * a letter always goes to the line. Space and Enter press the control that has the focus only when no note is
 * under way, that is, when the line is empty or the reader has walked to the control since the last letter.
 */
export class Typing {
	#walked = false;

	judge(e: Press, place: Place, empty: boolean): Verdict {
		if (walking.includes(e.key)) this.#walked = place !== 'line' || e.key === 'Tab' || e.key === 'F6';
		// Ctrl with Alt is AltGr, which types characters; so does Option on a Mac.
		const bare = !e.metaKey && (e.ctrlKey === e.altKey || (mac && e.altKey));
		const character = bare && [...e.key].length === 1;
		if (character && e.key !== ' ') this.#walked = false;
		if (place === 'line' || place === 'field') return 'leave';
		if (character && e.key !== ' ') return 'line';
		if (e.key === 'Dead' || e.key === 'Process') return 'line';
		const presses = place === 'control' && (empty || this.#walked);
		if (presses || !bare || empty) return 'leave';
		if (e.key === ' ') return 'space';
		return e.key === 'Enter' && !e.shiftKey ? 'submit' : 'leave';
	}
}
