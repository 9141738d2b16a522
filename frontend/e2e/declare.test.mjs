// Declaring: from an empty folder to a live incident.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

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

test('a declaration begins with a template of the kit; what was typed stays, and what a template gave goes with it', async (t) => {
	const d = await sit(t);
	await d.keys.press('Control+i');
	const sheet = await d.sheet('Declare an incident');
	const chosen = (name) => until(name, async () => sheet.getByRole('radio', { name }).isChecked());
	await d.keys.press('Alt+t', 'Alt+t', 'Alt+t');
	await chosen('Supplier down');
	await d.in('What is wrong');
	assert.equal(await sheet.getByLabel('What is wrong').inputValue(), 'Supplier down: ');
	await d.keys.press('Alt+t');
	await chosen('Data exposed');
	await chosen('Security');
	await chosen('SEV1');
	assert.equal(await sheet.getByLabel('What is wrong').inputValue(), '', 'its words went with it');
	await d.keys.type('Invoices of others can be read');
	await d.keys.press('Alt+t', 'Alt+t', 'Alt+t');
	await chosen('Service outage');
	assert.equal(await sheet.getByLabel('What is wrong').inputValue(), 'Invoices of others can be read');
	await both(d, 'a template');
	await d.keys.press('Enter');
	await d.closed();
	const shown = await d.show();
	assert.deepEqual([shown.title, shown.type, shown.severity, shown.details.environments, shown.details.source], ['Invoices of others can be read', 'service', 'SEV2', ['production'], 'alert']);

	// The same in a shell.
	const other = await d.qd('declare', '--title', 'Logins of others are shown', '--template', 'exposed');
	assert.deepEqual([other.type, other.severity], ['security', 'SEV1']);
	assert.match((await d.machine.refused('declare', '--title', 'x', '--template', 'none')).hint, /outage, release, supplier/);
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

test('whoever wonders is told which rules match; what was like it is shown; every field is kept', async (t) => {
	const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Checkout fails for EU customers') });
	await d.keys.press('Control+i');
	const sheet = await d.sheet('Declare an incident');
	await d.keys.type('Checkout fails for UK customers');
	await sheet.getByLabel('Similar incidents').getByText(/INC-1/).waitFor();
	await sheet.getByText(/is it this one/).waitFor();

	await d.keys.press('Alt+q');
	await d.page.waitForFunction(() => document.activeElement?.dataset.sign === '1');
	await d.keys.press('2');
	await sheet.getByText('Yes, by this:').waitFor();
	await sheet.getByText(/more than one team/).waitFor();
	await d.keys.press('2', '7');
	await sheet.getByText(/No rule says so/).waitFor();
	await d.keys.press('1');
	await sheet.getByText(/enough by itself/).waitFor();
	await both(d, 'wondering');

	await d.keys.press('Alt+m');
	await sheet.getByLabel('Services').fill('checkout, payments');
	await sheet.getByLabel('Reported by').fill('a shop in Leeds');
	await sheet.getByLabel('People to invite').fill('ben');
	await sheet.getByText('a user’s report').click();
	await sheet.getByLabel('Detected').fill('-5m');
	await both(d, 'every field');

	// Esc keeps it; another look finds it; Enter declares it.
	await d.keys.press('Escape');
	await d.keys.press('Control+i');
	await sheet.waitFor();
	assert.equal(await sheet.getByLabel('Services').inputValue(), 'checkout, payments');
	await sheet.getByLabel('What is wrong').focus();
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: 'INC-2 Checkout fails for UK customers' }).waitFor();
	const inc = await d.qd('show', 'INC-2');
	assert.deepEqual([inc.details.services, inc.details.source, inc.details.reporter], [['checkout', 'payments'], 'user', 'a shop in Leeds']);
	assert.ok(Date.parse(inc.milestones.detected) < Date.parse(inc.milestones.declared));
	const body = await d.qd('verify');
	assert.equal(body.ok, true);
});

test('a security incident is private, says who hears first, and asks for more', async (t) => {
	const d = await sit(t);
	await d.keys.press('Control+i');
	const sheet = await d.sheet('Declare an incident');
	await d.keys.type('A key was found outside');
	await d.keys.press('Alt+2');
	await sheet.getByText(/Legal and privacy and the person on call for security/).waitFor();
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: /INC-1/ }).waitFor();
	const inc = await d.show();
	assert.ok(inc.checklist.some((i) => i.id === 'declare.private'), 'its type adds to the list');
	assert.ok(inc.criteria.some((c) => c.id === 'way-in'), 'and to the exit criteria');
});

test('Ctrl+Enter declares and shows the first notice, which the same keys send', async (t) => {
	const d = await sit(t);
	const keys = d.keys.since();
	await d.keys.press('Control+i');
	await d.sheet('Declare an incident');
	await d.keys.type('Checkout fails for EU customers');
	await d.keys.press('Control+Enter');
	const sheet = await d.sheet(/^Update for/);
	await d.page.waitForFunction(() => /\w/.test(document.querySelector('dialog[open] pre')?.textContent ?? ''));
	const inc = await d.show();
	assert.ok(inc.audiences.every((a) => a.told === 0), 'nothing is sent until it was seen');
	assert.doesNotMatch(await sheet.getAttribute('aria-label'), /Customers|Partners/, 'it is for those inside');
	await d.keys.press('Control+Enter');
	await d.page.waitForFunction(() => !document.querySelector('dialog[open]'));
	assert.ok((await d.show()).audiences.some((a) => a.told === 1));
	assert.equal(keys(), 3);
});
