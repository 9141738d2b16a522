// A drill is another place: its own database, its own cockpit, marked everywhere, and nothing of it leaves.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { Keys } from './harness/keys.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

test('a drill is declared on the sheet, runs in a cockpit of its own, and is nowhere among the incidents', async (t) => {
	const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Search is slow') });
	const keys = d.keys.since();
	await d.keys.press('Control+i');
	const sheet = await d.sheet('Declare an incident');
	await d.keys.type('Payments partner times out');
	await d.chooses(sheet, 'Drill');
	await d.keys.press('Enter');
	const link = sheet.getByRole('link', { name: 'Open the cockpit of drills' });
	await link.waitFor();
	assert.equal(await d.focus(), 'drill');
	await both(d, 'the drill is declared');
	const [page] = await Promise.all([d.context.waitForEvent('page'), d.keys.press('Enter')]);
	d.expected.push(new RegExp(`^asked ${new URL(page.url()).origin}/`)); // the other cockpit is one of ours
	t.diagnostic(`${keys()} keys and the title`);
	await page.getByRole('heading', { name: /^DRILL-1 Payments partner times out/ }).waitFor();
	await page.getByRole('complementary', { name: 'Drill' }).getByText('Nothing leaves this machine').waitFor();
	await until('the title says so', async () => (await page.title()).startsWith('DRILL '));
	await both({ page }, 'the cockpit of drills');
	await page.locator('#line').focus();
	await new Keys(page).note('the partner does not answer');
	await until('the note', async () => (await d.qd('timeline', 'DRILL-1', '--drill')).some((r) => r.text === 'the partner does not answer'));

	// Here the drill is not.
	assert.deepEqual((await d.qd('list')).map((r) => r.ref), ['INC-1']);
	assert.deepEqual((await d.qd('list', '--drill')).map((r) => [r.ref, (r.drill ??= true)]), [['DRILL-1', true]]);
	assert.match((await d.machine.refused('show', 'DRILL-1')).hint, /--drill/);
	assert.equal((await d.qd('show', 'DRILL-1', '--drill')).drill, true);
	assert.equal((await d.qd('metrics')).drills, 0);
	assert.equal((await d.qd('show', 'INC-1')).drill, false);

	// It ends with the cockpit that opened it.
	const lock = join(d.machine.data, 'drill', 'cockpit.lock');
	assert.ok(existsSync(lock));
	if (process.env.PHOTOS) await page.screenshot({ path: join(process.env.PHOTOS, 'drill.png') });
	await page.close();
});

test('nothing of a drill leaves, unless its route is marked for drills; every text says what it is', async (t) => {
	const d = await sit(t, { before: async (m) => {
		await m.qd('declare', '--title', 'Search is slow');
		await writeFile(join(m.data, 'routes.yaml'), 'routes:\n  real: {medium: webhook, address: "http://127.0.0.1:9/real", secret: hook}\naudiences:\n  support: [real]\n', { mode: 0o600 });
	} });
	const drill = await d.qd('declare', '--drill', '--title', 'Payments partner times out');
	assert.equal(drill.ref, 'DRILL-1');
	await d.qd('update', 'DRILL-1', '--drill', '--audience', 'support', '--text', 'Card payments fail.', '--next', '30m');
	assert.deepEqual(await d.qd('outbox', 'list', '--drill'), [], 'the route of incidents is not there');
	const told = (await d.qd('show', 'DRILL-1', '--drill')).audiences.find((a) => a.audience === 'support');
	assert.equal(told.text, '[DRILL] Card payments fail.');

	await writeFile(join(d.machine.data, 'routes.yaml'), readFileSync(join(d.machine.data, 'routes.yaml'), 'utf8').replace('secret: hook', 'secret: hook, drills: yes'), { mode: 0o600 });
	await d.qd('update', 'DRILL-1', '--drill', '--audience', 'support', '--text', 'They work again.', '--next', '30m', '--no-wait');
	const rows = await d.qd('outbox', 'list', '--drill');
	assert.deepEqual(rows.map((r) => r.route), ['real']);
	assert.match(rows[0].text, /^\[DRILL\] They work again\./m);
	assert.deepEqual(await d.qd('outbox', 'list'), [], 'and nothing of it is among what incidents send');
});
