// Every screen in dark and light, and several sizes; e2e/standing has the rest: nothing that hinders who cannot see it well, nothing cut off.
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both, whole } from './harness/look.mjs';
import { everyScreen, everySheet, late, written } from './harness/screens.mjs';

for (const theme of ['dark', 'light'])
	test(`every screen in ${theme}`, async (t) => {
		await everyScreen(await sit(t, { before: (m) => written(m, theme) }), both, theme);
	});

for (const size of [
	{ width: 1024, height: 700 },
	{ width: 860, height: 700 },
])
	test(`nothing is cut off at ${size.width} × ${size.height}`, async (t) => {
		const d = await sit(t, { size, before: (m) => written(m, 'dark') });
		await whole(d, 'live');
		await d.keys.press('Control+d');
		await whole(d, 'item');
		await d.keys.press('Escape');
		if (size.width < 900) {
			await d.page.getByRole('button', { name: 'Board' }).click();
			await both(d, 'board');
			await d.page.getByRole('button', { name: 'Log', exact: true }).click();
			await both(d, 'log');
		}
		await everySheet(d, whole, size.width);
	});

test('the longest title leaves the phase, the commander and the save mark in sight', async (t) => {
	const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Customers in all regions can not check out '.repeat(6).slice(0, 200)) });
	for (const width of [2560, 1440, 1024, 640]) {
		await d.page.setViewportSize({ width, height: 700 });
		await whole(d, `${width} wide`);
	}
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

for (const theme of ['dark', 'light'])
	test(`what is late, what came due in sleep and what is not saved, in ${theme}`, async (t) => {
		await late(await sit(t, { clock: true }), both, theme);
	});
