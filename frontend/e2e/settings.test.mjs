// Settings and keys, by the keyboard alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both, whole } from './harness/look.mjs';
import { until } from './harness/until.mjs';

const root = (d, what) => d.page.evaluate((w) => (w === 'size' ? getComputedStyle(document.documentElement).fontSize : document.documentElement.dataset[w]), what);
const kept = (d) => readFileSync(join(d.machine.data, 'settings.yaml'), 'utf8');

/** row walks to the line of an action in the list of keys and presses Enter on it. */
async function row(d, name) {
	for (let i = 0; i < 80; i++) {
		await d.keys.press('Tab');
		if (await d.page.evaluate((n) => document.activeElement?.matches('.row') && document.activeElement.textContent.includes(n), name)) break;
	}
	await d.keys.press('Enter');
	await d.sees('press …');
}

test('a chord is changed, refused with the reason, taken from another, and all are reset', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('F1');
	const sheet = await d.sheet('Keys');
	await row(d, 'Write an update');
	for (const [press, why] of [
		['u', 'always a note'],
		['Control+c', 'copies'],
		['Control+Alt+u', 'AltGr'],
		['Control+Shift+u', 'GTK'],
		['Control+Space', 'input methods'],
		['Tab', 'walking'],
	]) {
		await d.keys.press(press);
		await sheet.getByRole('alert').filter({ hasText: why }).waitFor();
	}
	await d.keys.press('Control+r');
	await sheet.getByRole('alert').filter({ hasText: 'Give out roles' }).waitFor();
	await d.keys.press('Control+y');
	await sheet.getByRole('button', { name: 'Ctrl Y Write an update' }).waitFor();
	await both(d, 'keys, one changed');
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.press('Control+u'); // nobody's any more
	assert.equal(await d.page.getByRole('dialog').count(), 0);
	await d.keys.press('Control+y');
	await d.sheet(/^Update/);
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.press('Control+k');
	await d.keys.type('write an update');
	assert.match(await d.page.getByRole('option').first().innerText(), /Ctrl Y/, 'the palette names it');
	await d.keys.press('Escape');
	assert.match(kept(d), /update: Mod\+Y/);

	await d.keys.press('F1');
	await row(d, 'Write an update');
	await d.keys.press('Control+r', 'Control+r'); // the second time takes it
	await sheet.getByRole('button', { name: 'none Give out roles' }).waitFor();
	await d.keys.press('Alt+r');
	await sheet.getByRole('button', { name: 'Ctrl R Give out roles' }).waitFor();
	await sheet.getByRole('button', { name: 'Ctrl U Write an update' }).waitFor();
	assert.doesNotMatch(kept(d), /keys:/);
});

test('a sheet’s chord is changed and printed on its button', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('F1');
	const keys = await d.sheet('Keys');
	await row(d, 'Copy the text');
	await d.keys.press('Alt+g');
	await keys.getByRole('button', { name: 'Alt G Copy the text' }).waitFor();
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.press('Control+u');
	const sheet = await d.sheet(/^Update/);
	await sheet.getByRole('button', { name: /Copy only Alt G/ }).waitFor();
	await sheet.locator('pre').filter({ hasText: /\w/ }).waitFor();
	await d.keys.press('Alt+g');
	await until('the clipboard', async () => (await d.clipboard()).length > 20);
});

test('every setting is kept, seen at once, and there after a restart', async (t) => {
	const d = await sit(t);
	await d.keys.press('Control+,');
	const sheet = await d.sheet('Settings');
	await both(d, 'settings');
	const choose = async (field, option) => {
		await d.walk('Tab', `fieldset:has(input[name="${field}"])`);
		const radio = sheet.getByRole('radio', { name: option, exact: typeof option === 'string' });
		for (let i = 0; i < 8 && !(await radio.isChecked()); i++) await d.keys.press('ArrowRight');
		assert.ok(await radio.isChecked(), option);
	};
	await choose('theme', 'Night');
	await until('night', async () => (await root(d, 'theme')) === 'night');
	await choose('zone', /Local/);
	await choose('size', '125 %');
	await until('larger text', async () => (await root(d, 'size')) === '20px');
	await choose('font', /Atkinson/);
	await until('the font', async () => (await root(d, 'font')) === 'atkinson');
	assert.ok(await d.page.evaluate(async () => (await document.fonts.load('16px "Atkinson Hyperlegible Next"')).length > 0), 'it is bundled');
	await choose('volume', '25 %');
	await both(d, 'settings in night, larger');
	await d.walk('Tab', '#kit');
	await d.keys.note('/nowhere/at/all');
	await sheet.getByRole('alert').filter({ hasText: '/nowhere/at/all' }).waitFor();
	await d.keys.press('Escape');
	await d.closed();
	for (const line of ['theme: night', 'size: 125', 'font: atkinson', 'volume: 25', 'local: true']) assert.ok(kept(d).includes(line), `${line}: ${kept(d)}`);
	assert.doesNotMatch(kept(d), /kit:/);

	const before = await root(d, 'size');
	await d.keys.press('Control+=');
	await until('140 %', async () => (await root(d, 'size')) !== before);
	await d.keys.press('Control+0');
	await until('the usual size', async () => (await root(d, 'size')) === '16px');
	await d.keys.press('Control+Shift+l');
	await until('dark', async () => (await root(d, 'theme')) === 'dark');
});

test('the theme of the desktop is followed when that is wanted', async (t) => {
	const d = await sit(t);
	await d.qd('config', 'set', 'theme', 'system');
	for (const colorScheme of ['light', 'dark']) {
		await d.page.emulateMedia({ colorScheme });
		await until(colorScheme, async () => (await root(d, 'theme')) === colorScheme);
	}
});

for (const size of [160, 175])
	test(`text of ${size} % stands in one column with three tabs, and nothing is cut off`, async (t) => {
		const d = await sit(t, { size: { width: 1440, height: 900 }, before: async (m) => (await m.qd('config', 'set', 'size', String(size)), await m.qd('declare', '--title', 'Customers in all regions can not check out'), await m.qd('log', '@ben look at the index 5m')) });
		for (const tab of ['Log', 'Checklist', 'Board']) {
			await d.page.getByRole('button', { name: tab, exact: true }).click();
			await both(d, `${tab} at ${size} %`);
		}
		for (const [chord, name] of [
			['Control+u', /^Update/],
			['Control+r', 'Roles'],
			['Control+Shift+m', 'Move the phase'],
			['Control+i', 'Declare an incident'],
			['Control+,', 'Settings'],
			['F1', 'Keys'],
			['Control+k', 'Commands'],
		]) {
			await d.keys.press(chord);
			await d.sheet(name);
			await both(d, `${name} at ${size} %`);
			await d.keys.press('Escape');
			await d.closed();
		}
		await d.page.setViewportSize({ width: 1024, height: 700 });
		await whole(d, `${size} %, small`);
		await d.page.setViewportSize({ width: 860, height: 700 });
		await whole(d, `${size} %, narrow`);
	});
