import { mac } from '$lib/format/keys';
import { split } from './chord';

const writing = ['Enter', 'Tab', 'Backspace', 'Delete', 'Space', 'Home', 'End', 'Insert', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

// What other programs and the fields themselves do with a chord, wherever the cockpit runs.
const kept: Record<string, string> = {
	'Mod+Space': 'switches between input methods',
	'Mod+Shift+Space': 'switches between input methods',
	'Alt+Space': "opens the window's menu",
	'Mod+.': 'opens the picker of emoji on many desktops',
	'Mod+;': 'opens the picker of emoji on many desktops',
	'Mod+Shift+U': 'begins a character by its number in GTK, and spoils what is typed next',
	'Mod+C': 'copies',
	'Mod+X': 'cuts',
	'Mod+V': 'pastes',
	'Mod+Shift+V': 'pastes without its form',
	'Mod+A': 'selects everything in a field',
	'Alt+F4': 'closes the window',
	'Alt+Tab': 'goes to another window',
	'Mod+W': 'closes the tab in a browser',
	'Mod+T': 'opens a tab in a browser',
	'Mod+N': 'opens a window in a browser',
	'Mod+Shift+W': 'closes the window in a browser',
	'Mod+Shift+T': 'brings back a tab in a browser',
	'Mod+Shift+N': 'opens a private window in a browser',
	'Mod+Tab': 'goes to the next tab in a browser',
	'Mod+Shift+Tab': 'goes to the tab before in a browser',
};
const keptOnMac: Record<string, string> = { 'Mod+H': 'hides the app', 'Mod+M': 'puts the window away', 'Mod+Q': 'quits', 'Mod+Tab': 'goes to another app', 'Mod+Shift+3': 'takes a picture of the screen', 'Mod+Shift+4': 'takes a picture of the screen', 'Mod+Shift+5': 'takes a picture of the screen' };

/** refusal says why nobody may have a chord for something of their own; empty when they may. */
export function refusal(chord: string, onMac = mac): string {
	const { held, key } = split(chord);
	if (key === 'Escape') return 'it is the way back from everywhere';
	if (held.includes('Mod') && held.includes('Alt')) return onMac ? '⌘ with ⌃ is taken by macOS in many places' : 'Ctrl with Alt is AltGr on many keyboards, and types characters';
	if (!held.includes('Mod') && !held.includes('Alt')) {
		if ([...key].length === 1) return 'a key that writes is always a note, with Shift or without';
		if (writing.includes(key)) return 'it is for writing and for walking through the page';
		return '';
	}
	if (/^(Arrow|Home$|End$|Backspace$|Delete$|Enter$)/.test(key)) return 'fields use it to move and to delete';
	const why = (onMac ? keptOnMac[chord] : undefined) ?? kept[chord];
	return why ? `it ${why}` : '';
}
