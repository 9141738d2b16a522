// A drill is another place: its own database, its own cockpit, marked everywhere, and nothing of it leaves.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { Keys } from './harness/keys.mjs';
import { both } from './harness/look.mjs';
import { outside } from './harness/outside.mjs';
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
	assert.ok(keys() <= 4, `${keys()} keys and the title`);
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

test('something real happens during a drill: one chord, a title and Enter, and nothing of the drill goes along', async (t) => {
	const world = await outside(t);
	const d = await sit(t, { prepare: (m) => world.routes(m), before: (m) => m.qd('declare', '--title', 'Search is slow') });
	await d.keys.press('Control+i');
	const sheet = await d.sheet('Declare an incident');
	await d.keys.type('Payments partner times out');
	await d.chooses(sheet, 'Drill');
	await d.keys.press('Enter');
	await sheet.getByRole('link', { name: 'Open the cockpit of drills' }).waitFor();
	const [page] = await Promise.all([d.context.waitForEvent('page'), d.keys.press('Enter')]);
	d.expected.push(new RegExp(`^asked ${new URL(page.url()).origin}/`));
	await page.getByRole('heading', { name: /^DRILL-1 / }).waitFor();
	const keys = new Keys(page);
	await page.locator('#line').focus();
	await keys.note('the partner does not answer');
	await keys.press('Control+u'); // in the midst of it
	await page.getByRole('dialog', { name: /^Update/ }).waitFor();

	const pressed = keys.since();
	await keys.press('Control+Shift+r');
	const real = page.getByRole('dialog', { name: 'This is real' });
	await real.getByText('DRILL-1 is stopped, and nothing of it goes along').waitFor();
	await both({ page }, 'this is real');
	await keys.note('The checkout fails for everybody');
	const link = real.getByRole('link', { name: 'Open the cockpit of incidents' });
	await link.waitFor();
	assert.equal(pressed(), 2, 'the chord and Enter');
	await both({ page }, 'the incident is declared');
	await until('the cockpit of incidents shows it', async () => (await d.page.getByRole('heading', { name: 'INC-2 The checkout fails for everybody' }).count()) === 1);
	const [other] = await Promise.all([d.context.waitForEvent('page'), keys.press('Enter')]);
	await other.getByRole('heading', { name: 'INC-2 The checkout fails for everybody' }).waitFor();
	await other.close();

	const incident = await d.qd('show', 'INC-2');
	assert.deepEqual([incident.drill, incident.commander, incident.severity, incident.phase], [false, 'ana', 'SEV2', 'declare']);
	assert.ok(incident.promises.length > 0, 'its promises run');
	assert.doesNotMatch(JSON.stringify([incident, await d.qd('timeline', 'INC-2')]), /DRILL-|Payments partner/, 'nothing of the drill is in it');
	const drill = await d.qd('show', 'DRILL-1', '--drill');
	assert.equal(drill.phase, 'closed');
	assert.ok((await d.qd('timeline', 'DRILL-1', '--drill')).some((r) => /This is real: INC-2/.test(r.text)), 'the drill says why it ended');
	assert.equal((await d.qd('metrics')).drills, 0);
	assert.equal(world.messages.length + world.incidents.length, 0, 'nothing of the drill has left');
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
