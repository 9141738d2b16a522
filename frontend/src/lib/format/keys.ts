// Chords are written "Mod+Shift+M". Mod is Ctrl, or ⌘ on a Mac, where Alt types characters and ⌃ stands in for it.

/** mac tells whether this is a Mac. */
export const mac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const plain: Record<string, string> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', PageUp: 'PgUp', PageDown: 'PgDn', Escape: 'Esc' };
const apple: Record<string, string> = { ...plain, Mod: '⌘', Alt: '⌃', Shift: '⇧', Enter: '⏎' };

/** keyLabel is a chord as it is printed on a button. */
export function keyLabel(chord: string, onMac = mac): string {
	const names = onMac ? apple : plain;
	return chord.replace(/\+(?=.)/g, ' ').split(' ').map((part) => names[part] ?? part).join(' ');
}
