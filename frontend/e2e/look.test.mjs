// Every screen, in both themes and three sizes: nothing that hinders who cannot see it well, nothing cut off.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const sizes = [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 700 },
	{ width: 860, height: 700 },
];
const sheets = [
	['Control+u', /Update for/],
	['Control+e', 'How bad is it?'],
	['Control+r', 'Roles'],
	['Control+Shift+m', 'Move the phase'],
	['Control+i', 'Declare an incident'],
	['Control+,', 'Settings'],
	['F1', 'Keys'],
];

/** clean fails with what axe finds on the page as it stands. */
async function clean(d, where) {
	const found = await d.page.evaluate(
		async ([source, only]) => {
			if (!window.axe) (0, eval)(source);
			const { violations } = await window.axe.run(document, { runOnly: only });
			return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
		},
		[axe, rules],
	);
	assert.deepEqual(found, [], where);
}

/** whole fails when the page is wider than the window, or a bar is not in sight. */
async function whole(d, where) {
	const cut = await d.page.evaluate(() => {
		const out = [];
		if (document.documentElement.scrollWidth > innerWidth) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
		for (const e of document.querySelectorAll('header, nav, #line, dialog[open], dialog[open] footer')) {
			const r = e.getBoundingClientRect();
			if (r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || r.left < -1 || r.top < -1) out.push(`${e.tagName} ${e.id} ${Math.round(r.right)}×${Math.round(r.bottom)}`);
		}
		return out;
	});
	assert.deepEqual(cut, [], where);
}

async function both(d, where) {
	await clean(d, where);
	await whole(d, where);
}

for (const theme of ['dark', 'light'])
	test(`every screen in ${theme}`, async (t) => {
		const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Search is slow', '--severity', 'SEV2', '--declared-at', new Date(Date.now() - 31 * 60_000).toISOString()) });
		await d.keys.press('Control+,');
		await d.sheet('Settings');
		await d.page.getByText(theme === 'dark' ? 'Dark' : 'Light', { exact: true }).click();
		await d.page.waitForFunction((x) => document.documentElement.dataset.theme === x, theme);
		await d.keys.press('Escape');
		await d.keys.note('@ben look at the index 5m');
		await d.keys.note('?Is the cache warm');
		await d.keys.note('!Warm the cache by hand because reads miss but it costs ten minutes');
		await d.keys.note('a long line '.repeat(40));
		for (const size of sizes) {
			await d.page.setViewportSize(size);
			const where = `${theme} ${size.width}`;
			await both(d, `${where} live`);
			await d.keys.press('Control+d');
			await both(d, `${where} item`);
			await d.keys.press('Escape');
			if (size.width < 900) await d.page.getByRole('button', { name: 'Board' }).click();
			else if (size.width < 1200) await d.keys.press('Control+2');
			await both(d, `${where} board`);
			await d.keys.press('Escape');
			if (size.width < 900) await d.page.getByRole('button', { name: 'Log', exact: true }).click();
			for (const [chord, name] of sheets) {
				await d.keys.press(chord);
				await d.sheet(name);
				if (name === 'Move the phase') await d.keys.press('Alt+7');
				await both(d, `${where} ${name}`);
				await d.keys.press('Escape');
				await d.closed();
			}
		}
		await d.keys.press('Control+o');
		await d.page.getByText('Under way').waitFor();
		await both(d, `${theme} home`);
	});

test('the first run', async (t) => {
	const d = await sit(t, { name: '' });
	await both(d, 'the first run');
});

test('at twice the size of everything nothing is cut off', async (t) => {
	const d = await sit(t, { size: { width: 720, height: 450 } });
	await d.declared();
	await both(d, '200 %');
});
