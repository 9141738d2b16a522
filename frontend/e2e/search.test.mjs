// Finding anything in every incident: as it is typed, narrowed, opened where it stands, passed on as a link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

/** past writes two incidents: one over, one open. */
async function past(d) {
	await d.qd('declare', '--title', 'Checkout fails', '--severity', 'SEV2', '--service', 'checkout');
	await d.qd('log', '--incident', 'INC-1', '!no failover because replication is behind but slower recovery');
	await d.qd('note', '--incident', 'INC-1', '--as', 'ben', 'support asks about the failover');
	await d.qd('declare', '--title', 'Payments time out', '--severity', 'SEV3', '--service', 'payments');
	await d.qd('note', '--incident', 'INC-2', 'failover of the ledger is done');
}

const hits = (d) => d.page.locator('#hits [role=option]');
const said = (d) => d.page.locator('.said');

test('words of any incident are found as they are typed, and opened where they stand', async (t) => {
	const d = await sit(t, { light: true });
	await past(d);
	const keys = d.keys.since();
	await d.keys.press('Control+Shift+k');
	await d.page.waitForFunction(() => document.activeElement?.id === 'search');
	await d.keys.type('failover');
	await until('all three are found', async () => (await said(d).innerText()).startsWith('3 entries'));
	assert.equal(await hits(d).count(), 3);
	assert.ok((await hits(d).first().locator('mark').allInnerTexts()).every((m) => m.toLowerCase() === 'failover'));

	await d.keys.type(' kind:dec');
	await until('one is left', async () => (await said(d).innerText()).startsWith('1 entry'));
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	const row = d.page.locator('[data-row]').filter({ hasText: 'no failover' });
	await row.waitFor();
	await until('it is in sight', async () => (await row.boundingBox())?.y > 0);
	assert.ok(keys() <= 2, `${keys()} chords`);
});

test('filters are chosen and taken away, what nothing can meet is said, and the best may come first', async (t) => {
	const d = await sit(t, { light: true });
	await past(d);
	await d.keys.press('Control+Shift+k');
	await d.page.waitForFunction(() => document.activeElement?.id === 'search');
	await d.keys.type('failover');
	await until('all three', async () => (await hits(d).count()) === 3);
	const choose = (label, value) => d.page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
	await choose('Person', 'ben');
	await until('what ben said', async () => (await hits(d).count()) === 1);
	assert.match(await hits(d).first().innerText(), /support asks/);
	await d.page.getByRole('button', { name: 'Without person:ben' }).click();
	await choose('Service', 'payments');
	await until('of payments', async () => (await hits(d).count()) === 1);
	assert.match(await hits(d).first().innerText(), /INC-2/);
	await d.page.getByRole('button', { name: 'Without service:payments' }).click();
	await until('all three again', async () => (await hits(d).count()) === 3);
	await d.page.locator('#search').fill('failover person:zoe');
	await d.page.getByText('nobody is called so').waitFor();
	assert.equal(await hits(d).count(), 0);
	await d.page.locator('#search').fill('failover');
	await d.page.locator('#search').focus();
	await d.keys.press('Alt+b');
	await until('ranked', async () => /the best/.test(await said(d).innerText()));
	await d.keys.press('Escape');
	await d.page.getByRole('search').waitFor({ state: 'detached' });
	await d.page.locator('#search').waitFor({ state: 'detached' });
});

test('the search of one incident goes on to all of them, and the palette does', async (t) => {
	const d = await sit(t, { light: true });
	await past(d);
	await d.page.locator('[data-incident]').filter({ hasText: 'INC-1' }).click();
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	await d.keys.press('Control+f');
	await d.page.waitForFunction(() => document.activeElement?.id === 'find');
	await d.keys.type('failover');
	await d.keys.press('Control+f');
	await d.page.waitForFunction(() => document.activeElement?.id === 'search');
	await until('the words came with it', async () => (await hits(d).count()) === 3);
	await d.keys.press('Escape');
	await d.keys.press('Control+k');
	await d.sheet('Commands');
	await d.keys.type('replication');
	await d.page.getByRole('option', { name: /Find .replication. in every incident/ }).click();
	await until('found', async () => (await d.page.locator('#search').inputValue()) === 'replication' && (await hits(d).count()) === 1);
});

test('a link to an entry opens it, by the address and by pasting it', async (t) => {
	const d = await sit(t, { light: true });
	await past(d);
	const all = await d.qd('search', 'ledger');
	const [h] = all;
	await d.page.evaluate((to) => (location.hash = to), `${h.incident}/${h.record}`);
	await d.page.getByRole('heading', { name: /^INC-2 / }).waitFor();
	assert.equal(new URL(d.page.url()).hash, '');
	const [other] = await d.qd('search', 'replication');
	await d.keys.press('Control+Shift+k');
	await d.page.waitForFunction(() => document.activeElement?.id === 'search');
	await d.page.locator('#search').fill(`quarterdeck:${other.incident}/${other.record}`);
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	await d.page.locator('[data-row]').filter({ hasText: 'no failover' }).waitFor();
});
