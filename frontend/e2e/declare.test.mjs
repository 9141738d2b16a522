// Declaring: from an empty folder to a live incident.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

test('declare cold: a chord, a title and Enter', async (t) => {
	const d = await sit(t);
	const title = 'Checkout fails for EU customers!';
	assert.equal(title.length, 32);
	const keys = d.keys.since();
	await d.keys.press('Control+i');
	await d.sheet('Declare an incident');
	await d.keys.note(title);
	await d.page.getByRole('heading', { name: `INC-1 ${title}` }).waitFor();
	assert.ok(keys() <= 2, `${keys()} chords`);
	assert.equal(d.keys.typed, 32);
	await d.closed();

	const all = await d.qd('list');
	assert.equal(all.length, 1, 'one incident');
	const inc = await d.show();
	assert.equal(inc.title, title);
	assert.equal(inc.severity, 'SEV2');
	assert.equal(inc.provisional, true);
	assert.equal(inc.commander, 'ana');
	assert.equal(inc.ringing, true);
	assert.deepEqual(inc.promises.map((p) => p.audience).sort(), ['customers', 'leadership', 'responders', 'support']);
	const minutes = (p) => Math.round((Date.parse(p.due) - Date.parse(inc.milestones.declared)) / 60_000);
	assert.equal(minutes(inc.promises.find((p) => p.audience === 'customers')), 15);
	assert.ok(inc.audiences.every((a) => a.told === 0), 'nobody was told anything');
	assert.equal(await d.page.getByRole('alert').count(), 0, 'no error on screen');
	assert.equal(await d.page.locator('.notice').count(), 0, 'no banner');
});

test('the first run asks for the name, once', async (t) => {
	const d = await sit(t, { name: '' });
	assert.equal(await d.focus(), 'name');
	await d.keys.press('Control+a');
	await d.keys.note('dee');
	await d.sees('All quiet');
	await d.closed();
	assert.deepEqual(await d.qd('config', 'get', 'name'), { name: 'dee' });
	await d.page.reload();
	await d.closed();
	assert.equal(await d.page.locator('#name').count(), 0, 'not asked again');
	await d.declared();
	assert.equal((await d.show()).commander, 'dee');
});

test('an empty name is not taken', async (t) => {
	const d = await sit(t, { name: '' });
	await d.keys.press('Control+a', 'Backspace', 'Enter');
	await d.page.getByRole('alert').waitFor();
	assert.equal(await d.focus(), 'name');
});

test('from home: what is typed is a title, and declared by Enter twice', async (t) => {
	const d = await sit(t);
	await d.keys.note('Login fails for everybody');
	await d.sees('Declare? Enter again');
	assert.equal((await d.qd('list')).length, 0, 'once is not enough');
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: 'INC-1 Login fails for everybody' }).waitFor();
	assert.equal(await d.line(), '');
	assert.equal((await d.qd('list')).length, 1);
});

test('the sheet keeps its draft, refuses no title and a time that is none, and takes every field', async (t) => {
	const d = await sit(t);
	await d.keys.press('Control+i');
	await d.sheet('Declare an incident');
	await d.keys.press('Enter');
	await d.page.getByRole('dialog').getByRole('alert').waitFor();
	assert.equal(await d.focus(), 'title');
	await d.keys.type('Search is slow');
	await d.keys.press('Alt+2', 'Escape');
	await d.closed();
	await d.keys.press('Control+i');
	await d.sheet('Declare an incident');
	assert.equal(await d.page.locator('#title').inputValue(), 'Search is slow');
	await d.keys.press('Alt+s');
	assert.equal(await d.focus(), 'started');
	await d.keys.note('soon');
	await d.page.getByRole('dialog').getByRole('alert').waitFor();
	await d.keys.press('Control+a');
	await d.keys.note('-20m');
	await d.page.getByRole('heading', { name: 'INC-1 Search is slow' }).waitFor();
	const inc = await d.show();
	assert.equal(inc.type, 'security');
	const before = Date.parse(inc.milestones.declared) - Date.parse(inc.milestones.started);
	assert.ok(Math.abs(before - 20 * 60_000) < 5_000, `started ${before} ms before`);
	await d.keys.press('Control+o', 'Control+i');
	await d.sheet('Declare an incident');
	assert.equal(await d.page.locator('#title').inputValue(), '', 'the draft went with the declaration');
});
