import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** tokens reads the colours of a theme. */
function tokens(theme: string): Record<string, string> {
	const block = css.split(`[data-theme='${theme}'] {`)[1]?.split('}')[0] ?? '';
	return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]));
}

/** luminance is the relative luminance of WCAG 2.2, 0 to 1. */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** contrast is the contrast ratio of WCAG 2.2, 1 to 21. */
function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg0', 'bg1', 'bg2', 'bg3'];
const text = ['fg0', 'fg1', 'fg2', 'act', 'ok', 'warn', 'caut'];
const fills = [
	['on-act', 'act-fill'],
	['on-warn', 'warn-fill'],
	['on-caut', 'caut-fill'],
];

test('the formula is that of WCAG', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
	expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe.each(['dark', 'light', 'night'])('%s', (theme) => {
	const t = tokens(theme);
	const ratio = (a: string, b: string) => contrast(t[a] ?? '', t[b] ?? '');

	test('has every token', () => expect(Object.keys(t).sort()).toEqual(Object.keys(tokens('dark')).sort()));
	test.each(text.flatMap((a) => grounds.map((b) => [a, b])))('%s can be read on %s', (a, b) => expect(ratio(a, b)).toBeGreaterThanOrEqual(4.5));
	test.each(fills)('%s can be read on %s', (a, b) => expect(ratio(a, b)).toBeGreaterThanOrEqual(4.5));
	test.each(['edge', 'focus'].flatMap((a) => grounds.map((b) => [a, b])))('%s can be seen on %s', (a, b) => expect(ratio(a, b)).toBeGreaterThanOrEqual(3));
	test('an alarm stands out from the page, by its fill or by its edge', () => {
		for (const b of grounds) expect(ratio('warn-fill', b)).toBeGreaterThan(1.5);
		for (const b of grounds) expect(Math.max(ratio('caut-fill', b), ratio('caut-edge', b))).toBeGreaterThanOrEqual(3);
	});
});

test('night has no blue: it is never the most of a colour’s three', () => {
	for (const [name, hex] of Object.entries(tokens('night'))) {
		if (name === 'drill-fill') continue; // violet in every theme: it must never be taken for anything else
		const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
		expect([name, b <= Math.max(r, g)]).toEqual([name, true]);
	}
});
