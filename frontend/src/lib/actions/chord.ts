import { mac } from '$lib/format/keys';

/** What of a key press decides. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

const latin = /^[a-z]$/i;

/** letter is the Latin letter or digit of a key: the one it produces, else the one that stands there on a US keyboard. */
export function letter(e: Press): string {
	if (latin.test(e.key) || /^\d$/.test(e.key)) return e.key.toUpperCase();
	const at = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(e.code);
	return at?.[1] ?? at?.[2] ?? at?.[3] ?? e.key;
}

/** hits tells whether a press is the chord. Ctrl with Alt is AltGr on many keyboards and never a chord. */
export function hits(e: Press, chord: string, onMac = mac): boolean {
	const parts = chord.split('+');
	const key = parts.pop() ?? '';
	const wants = (m: string) => parts.includes(m);
	const ctrl = onMac ? wants('Alt') : wants('Mod');
	const alt = onMac ? false : wants('Alt');
	const meta = onMac && wants('Mod');
	if (e.ctrlKey !== ctrl || e.altKey !== alt || e.metaKey !== meta || e.shiftKey !== wants('Shift')) return false;
	return /^[A-Z0-9]$/.test(key) ? letter(e) === key : e.key === key;
}
