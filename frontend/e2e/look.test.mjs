// Every screen, in both themes and several sizes: nothing that hinders who cannot see it well, nothing cut off.
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both, whole } from './harness/look.mjs';

const sheets = [
	['Control+u', /Update for/],
	['Control+e', 'How bad is it?'],
	['Control+r', 'Roles'],
	['Control+Shift+m', 'Move the phase'],
	['Control+i', 'Declare an incident'],
	['Control+,', 'Settings'],
	['F1', 'Keys'],
];

/** written is an incident with something of everything in it. */
async function written(m, theme) {
	await m.qd('config', 'set', 'theme', theme);
	await m.qd('declare', '--title', 'Search is slow', '--severity', 'SEV2', '--declared-at', new Date(Date.now() - 31 * 60_000).toISOString());
	await m.qd('log', '@ben look at the index 5m');
	await m.qd('log', '?Is the cache warm');
	await m.qd('log', '!Warm the cache by hand because reads miss but it costs ten minutes');
	await m.qd('note', 'a long line '.repeat(40));
}

/** everySheet opens one after the other, the one for the phase as the gate, and looks at it. */
async function everySheet(d, look, where) {
	for (const [chord, name] of sheets) {
		await d.keys.press(chord);
		const sheet = await d.sheet(name);
		if (name === 'Move the phase') await d.chooses(sheet, 'Resolved');
		await look(d, `${where} ${name}`);
		await d.keys.press('Escape');
		await d.closed();
	}
}

for (const theme of ['dark', 'light'])
	test(`every screen in ${theme}`, async (t) => {
		const d = await sit(t, { before: (m) => written(m, theme) });
		await both(d, `${theme} live`);
		await d.keys.press('Control+d');
		await both(d, `${theme} item`);
		await d.keys.press('Escape');
		await everySheet(d, both, theme);
		await d.page.setViewportSize({ width: 1024, height: 700 });
		await both(d, `${theme} live, small`);
		await d.keys.press('Control+2');
		await both(d, `${theme} board, small`);
		await d.page.setViewportSize({ width: 1440, height: 900 });
		await d.keys.press('Control+o');
		await d.page.getByRole('heading', { name: 'Under way' }).waitFor();
		await both(d, `${theme} home`);
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
		const d = await sit(t, { clock: true });
		await d.qd('config', 'set', 'theme', theme);
		await d.page.waitForFunction((x) => document.documentElement.dataset.theme === x, theme);
		await d.declared();
		await d.keys.note('@ben look at the index 5m');
		await d.machine.move('suspend 20m');
		await d.page.getByRole('region', { name: 'While you were away' }).waitFor();
		await d.page.getByRole('alert').filter({ hasText: 'Customers' }).waitFor({ state: 'attached' });
		await both(d, `${theme} away and late`);
		await d.page.setViewportSize({ width: 1024, height: 700 });
		await both(d, `${theme} away and late, small`);
		await d.page.setViewportSize({ width: 1440, height: 900 });
		d.expected.push(/Failed to load resource|ERR_/);
		await d.face.kill();
		await d.sees('Connection lost');
		await d.keys.note('typed while it was away');
		await d.sees('NOT SAVED');
		await both(d, `${theme} not saved`);
	});
