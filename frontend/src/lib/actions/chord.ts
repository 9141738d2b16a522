import { mac } from '$lib/format/keys';

/** What of a key press decides. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'> & Partial<Pick<KeyboardEvent, 'repeat'>>;

const modifiers = ['Mod', 'Alt', 'Shift'] as const;
type Modifier = (typeof modifiers)[number];

/** split takes a chord apart; its key may itself be "+". */
export function split(chord: string): { held: Modifier[]; key: string } {
	const held: Modifier[] = [];
	let key = chord;
	for (const m of modifiers)
		if (key.startsWith(`${m}+`) && key.length > m.length + 1) {
			held.push(m);
			key = key.slice(m.length + 1);
		}
	return { held, key };
}

const latin = /^[a-z]$/i;
const ascii = /^[!-~]$/;
const marks: Record<string, string> = { Comma: ',', Period: '.', Slash: '/', Semicolon: ';', Quote: "'", BracketLeft: '[', BracketRight: ']', Backslash: '\\', Minus: '-', Equal: '=', Backquote: '`' };

/** layout is what is known of the keyboard: whether its letters write another script. Hebrew has signs where Q and W stand. */
export const layout = { foreign: false };

/** notice learns of the layout from what a letter's key writes. */
export function notice(e: Press): void {
	if (/^Key[A-Z]$/.test(e.code) && /^\p{L}$/u.test(e.key)) layout.foreign = !/^\p{Script=Latin}$/u.test(e.key);
}

/**
 * letter is the key of a press: the Latin letter that it produces; where the layout writes another script, the one that
 * stands there on a US keyboard. A digit is its key, also where that writes another sign without Shift (AZERTY). A Latin
 * layout's signs stay what they are, unless its letters are another script's: on Dvorak, Ctrl with the key of "'" is not Ctrl Q.
 */
export function letter(e: Press): string {
	if (latin.test(e.key) || /^\d$/.test(e.key)) return e.key.toUpperCase();
	if (e.key === ' ') return 'Space';
	if ([...e.key].length !== 1) return e.key;
	const digit = /^(?:Digit|Numpad)(\d)$/.exec(e.code)?.[1];
	if (digit) return digit;
	const place = /^Key([A-Z])$/.exec(e.code)?.[1];
	if (ascii.test(e.key) && !(layout.foreign && place)) return e.key;
	return place ?? marks[e.code] ?? e.key;
}

/** heldIn are the modifiers of a press by our names. On a Mac ⌘ is Mod, and ⌃ stands in for Alt, which types characters there. */
function heldIn(e: Press, onMac: boolean): Modifier[] | null {
	if (onMac ? e.altKey : e.metaKey) return null;
	const mod = onMac ? e.metaKey : e.ctrlKey;
	const alt = onMac ? e.ctrlKey : e.altKey;
	const down: Record<Modifier, boolean> = { Mod: mod, Alt: alt, Shift: e.shiftKey };
	return modifiers.filter((m) => down[m]);
}

/** chordOf is a press as a chord; empty while only modifiers are down, or with one that chords do not have. */
export function chordOf(e: Press, onMac = mac): string {
	const held = heldIn(e, onMac);
	if (!held || ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(e.key)) return '';
	return [...held, letter(e)].join('+');
}

/** hits tells whether a press is the chord. Ctrl with Alt is AltGr on many keyboards and never a chord. */
export function hits(e: Press, chord: string, onMac = mac): boolean {
	const { held, key } = split(chord);
	const down = heldIn(e, onMac);
	if (!down || down.length !== held.length || !held.every((m) => down.includes(m))) return false;
	if (down.includes('Mod') && down.includes('Alt')) return false;
	return letter(e) === key || (e.key === key && !(layout.foreign && /^Key[A-Z]$/.test(e.code))); // the sign that is written counts as well as the digit of its key
}
