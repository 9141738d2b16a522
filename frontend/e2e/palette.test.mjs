// The palette: everything can be found without knowing a key, by the keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';

/** picks opens the palette, types and presses Enter. */
async function picks(d, words) {
	await d.keys.press('Control+k');
	const list = await d.sheet('Commands');
	await d.keys.note(words);
	await list.waitFor({ state: 'hidden' });
}

test('a severity, a phase, an item, a role, an incident and a theme are a chord, a word and Enter away', async (t) => {
	const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Checkout fails', '--severity', 'SEV3') });
	const keys = d.keys.since();
	await picks(d, 'sev1');
	await d.recorded('SEV1', (r) => r.kind === 'severity.set');
	assert.equal((await d.show()).severity, 'SEV1');
	assert.equal(keys(), 2, 'the chord and Enter');

	await picks(d, 'sev4'); // lowering asks for a reason: its sheet does
	const sheet = d.page.getByRole('dialog').last();
	await sheet.waitFor();
	assert.equal((await d.show()).severity, 'SEV1', 'not without a reason');
	await d.keys.press('Escape');
	await d.closed();

	await picks(d, 'move to communicate');
	await d.page.waitForFunction(() => document.querySelector('header')?.textContent.includes('Communicate'));
	assert.equal((await d.show()).phase, 'communicate');

	await picks(d, 'ops lead');
	await d.sheet('Roles');
	await d.keys.press('Escape');
	await d.closed();

	const { text } = (await d.show()).checklist[0];
	await picks(d, text);
	await d.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
	await d.keys.press('Escape');
	await d.closed();

	await picks(d, 'theme night');
	await d.page.waitForFunction(() => document.documentElement.dataset.theme === 'night');
	await d.page.reload();
	assert.equal(await d.page.evaluate(() => document.documentElement.dataset.theme), 'night', 'there from the first moment');
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();

	await d.keys.press('Control+k');
	assert.match(await d.page.getByRole('option').first().innerText(), /Theme: Night/, 'the latest first');
	await d.keys.press('Escape');
	await d.keys.press('Control+o');
	await d.page.getByRole('heading', { name: 'Under way' }).waitFor();
	await picks(d, 'checkout');
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
});

test('it reads as a combobox with a list, walks by keys, and gives the focus back', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.type('half a note');
	await d.keys.press('Control+k');
	const box = d.page.getByRole('combobox');
	await box.waitFor();
	await both(d, 'the palette');
	const chosen = () => d.page.getByRole('option', { selected: true });
	const active = () => box.getAttribute('aria-activedescendant');
	assert.equal(await chosen().count(), 1);
	const first = await chosen().innerText();
	await d.keys.press('ArrowDown');
	assert.notEqual(await chosen().innerText(), first);
	assert.equal(await active(), await chosen().getAttribute('id'));
	assert.equal(await chosen().getAttribute('aria-posinset'), '2');
	await d.keys.press('ArrowUp', 'ArrowUp');
	const last = await d.page.getByRole('option').count();
	assert.equal(await chosen().getAttribute('aria-posinset'), String(last), 'round the end');
	await d.keys.type('zzzz');
	await d.sees('Nothing of that name');
	await d.keys.press('Enter', 'Escape');
	await d.closed();
	assert.equal(await d.line(), 'half a note');

	await d.keys.press('Control+a', 'Backspace');
	await d.keys.note('/'); // alone it shows them all
	await box.waitFor();
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.type('/sev');
	await d.keys.press('Control+k');
	assert.equal(await box.inputValue(), 'sev', 'what was begun in the line is looked for');
});

test('it keeps the keys, the focus and the mouse to itself until it is closed', async (t) => {
	const d = await sit(t);
	await d.declared();
	for (const press of ['Tab', 'Shift+Tab', 'F6']) {
		await d.keys.press('Control+k');
		await d.sheet('Commands');
		await d.keys.press(press);
		assert.equal(await d.page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox', press);
		await d.keys.press('Escape');
		await d.closed();
	}
	await d.keys.press('Control+k');
	await d.sheet('Commands');
	await d.page.evaluate(() => document.getElementById('line').focus()); // as what ends meanwhile may do
	await d.keys.type('theme');
	assert.equal(await d.page.getByRole('combobox').inputValue(), 'theme');
	assert.equal(await d.line(), '');
	await d.page.mouse.click(700, 880); // beside it, where the line is
	await d.closed();
	await d.keys.type('a note');
	assert.equal(await d.line(), 'a note');
	assert.equal(await d.page.getByRole('dialog').count(), 0, 'closed it is not there for who listens');
});

test('over a sheet it offers the sheet’s own acts, and leaves the draft', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+u');
	const sheet = await d.sheet(/^Update/);
	await sheet.locator('pre').filter({ hasText: /\w/ }).waitFor();
	await picks(d, 'copy only');
	assert.ok((await d.clipboard()).length > 20, 'the text is on the clipboard');
	assert.equal(await d.page.getByRole('dialog', { name: /^Update/ }).count(), 1, 'the sheet is still there');
	await picks(d, 'give out roles');
	await d.sheet('Roles');
});
