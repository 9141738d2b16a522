// How the page looks: the theme, the size of text, the font. What was in force last is remembered by the page itself, so
// that nothing else flashes up before the backend has answered.
import type { StationView } from '$lib/bridge';
import { screen } from '$lib/state/screen.svelte';
import { prefs } from './prefs.svelte';

type Look = Pick<StationView, 'theme' | 'size' | 'font'>;

export const themes = [
	{ id: 'dark', name: 'Dark' },
	{ id: 'light', name: 'Light' },
	{ id: 'night', name: 'Night' },
	{ id: 'system', name: 'As the desktop' },
] as const;
export const fonts = [
	{ id: 'inter', name: 'Inter' },
	{ id: 'atkinson', name: 'Atkinson Hyperlegible Next' },
] as const;
export const sizes = [90, 100, 110, 125, 140, 160, 175] as const;

const remembered = 'quarterdeck.look';
const usual: Look = { theme: 'dark', size: 100, font: 'inter' };
const bright = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: light)');

let shown = usual;

/** paint puts a look on the page. */
function paint(): void {
	const root = document.documentElement;
	root.dataset.theme = shown.theme === 'system' ? (bright?.matches ? 'light' : 'dark') : shown.theme;
	root.dataset.font = shown.font;
	root.style.fontSize = `${shown.size}%`;
	screen.scale(shown.size);
}

/** show paints what the settings say, and remembers it for the next start. */
export function show(look: Look): void {
	shown = { theme: look.theme, size: look.size, font: look.font };
	paint();
	localStorage.setItem(remembered, JSON.stringify(shown));
}

/** showLast paints the look of last time. */
export function showLast(): void {
	try {
		shown = { ...usual, ...(JSON.parse(localStorage.getItem(remembered) ?? '{}') as Partial<Look>) };
	} catch {
		shown = usual; // somebody else's words
	}
	bright?.addEventListener('change', paint);
	paint();
}

/** another goes from one of a list to the next. */
function after<T>(list: readonly T[], is: (t: T) => boolean, step: number): T | undefined {
	return list[(list.findIndex(is) + step + list.length) % list.length];
}

/** nextTheme shows the next one: dark, light, night. */
export function nextTheme(): void {
	const three = themes.filter((t) => t.id !== 'system');
	const now = prefs.get('theme', 'dark');
	const to = after(three, (t) => t.id === (now === 'system' ? document.documentElement.dataset.theme : now), 1);
	if (to) void prefs.set('theme', to.id);
}

/** resize makes text larger or smaller by a step, or the usual size with 0. */
export function resize(step: 1 | 0 | -1): void {
	const now = prefs.get('size', 100);
	const to = step === 0 ? 100 : step > 0 ? sizes.find((s) => s > now) : sizes.findLast((s) => s < now);
	if (to) void prefs.set('size', to);
}
