// Assessing wrong, then right: by digits, by a direct choice, and taking it back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

const minute = 60_000;
const dues = (inc) => new Map(inc.promises.map((p) => [p.audience, Date.parse(p.due)]));
const held = (inc) => inc.roles.map((r) => [r.role, r.holder, r.since]);

test('a few users, then everyone: seven keys, then three, and back with one', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	const before = await d.show();
	assert.deepEqual([before.severity, before.provisional], ['SEV2', true]);

	// Few users, a side job, no data, no money, slow: proposed SEV4, and set without another word.
	let keys = d.keys.since();
	await d.keys.press('Control+e');
	const sheet = await d.sheet('How bad is it?');
	await sheet.getByText(/left of 5:00/).waitFor();
	await d.keys.press('1', '1', '0', '0', '1');
	await sheet.getByRole('button', { name: /Set SEV4/ }).waitFor();
	await sheet.getByText(/Score 10 of 100 gives I2/).waitFor();
	await both(d, 'the answered sheet');
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal(keys(), 7);
	const wrong = await until('SEV4 is set', async () => {
		const inc = await d.show();
		return inc.severity === 'SEV4' && inc;
	});
	assert.equal(wrong.provisional, false);
	assert.deepEqual(held(wrong), held(before), 'no role moved');

	// Three minutes later it is everyone: straight to the worst.
	await d.machine.advance(3 * minute);
	keys = d.keys.since();
	await d.keys.press('Control+e');
	await d.sheet('How bad is it?');
	const few = sheet.locator('[data-question="1"] input').nth(1);
	assert.equal(await few.isChecked(), true, 'it opens with the last answers');
	await d.keys.press('Alt+1');
	await sheet.getByLabel('What changes').getByText(/nobody is moved/).waitFor();
	await sheet.getByLabel('What changes').getByText(/Customers by \d\d:\d\d, then every 30 min/).waitFor();
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal(keys(), 3);
	await d.page.getByText(/SEV4 → SEV1/).first().waitFor();
	const right = await d.show();
	assert.equal(right.severity, 'SEV1');
	assert.deepEqual(held(right), held(before), 'no role moved');
	for (const [audience, due] of dues(before)) assert.ok(dues(right).get(audience) <= due, `${audience} waits longer than before anything was judged`);

	// Both values stand in the log with their times.
	const set = await d.recorded('two judgements', (r) => r.kind === 'severity.set', 2);
	assert.match(set[0].text, /SEV2 → SEV4/);
	assert.match(set[1].text, /SEV4 → SEV1/);
	assert.ok(Date.parse(set[1].at) - Date.parse(set[0].at) >= 3 * minute);

	// Lower again: it asks why. Taken back: severity and promises are what they were.
	await d.keys.press('Control+e');
	await d.sheet('How bad is it?');
	await d.keys.press('Alt+3', 'Control+Enter');
	await d.in('Why lower it');
	assert.equal((await d.show()).severity, 'SEV1');
	await d.keys.note('wallets work for everyone');
	await d.closed();
	assert.equal((await d.show()).severity, 'SEV3');
	await d.keys.press('Control+z');
	await until('SEV1 is back', async () => (await d.show()).severity === 'SEV1');
	const back = await d.show();
	assert.deepEqual([...dues(back)], [...dues(right)], 'the promises are what they were');
	assert.deepEqual(held(back), held(before));
	assert.equal((await d.qd('verify')).ok, true);
});

test('not known counts as worse; a choice far from the answers is asked about once and never stopped', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+e');
	const sheet = await d.sheet('How bad is it?');
	await d.keys.press('0', '0', '-', '0', '0');
	await sheet.getByRole('button', { name: /Confirm SEV2/ }).waitFor();
	await sheet.getByText(/data or security suspected/).first().waitFor();
	// One number corrected: up two questions, and it goes on from there.
	await d.keys.press('ArrowUp', 'ArrowUp', 'ArrowUp', '0');
	await sheet.getByRole('button', { name: /Set SEV5/ }).waitFor();
	await sheet.getByText(/One answer would change it/).waitFor();
	await d.keys.press('Alt+1', 'Control+Enter');
	await sheet.getByRole('alert').getByText(/The answers propose SEV5/).waitFor();
	assert.equal((await d.show()).provisional, true);
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal((await d.show()).severity, 'SEV1');
	const row = d.page.locator('[data-row]').filter({ hasText: 'SEV2 → SEV1' }).first();
	await row.getByText(/proposed SEV5/).waitFor();
	await row.getByText(/agreed effort/i).waitFor();
});

test('since when, the trend and the kind of effect go with it; the list ticks itself', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+e');
	const sheet = await d.sheet('How bad is it?');
	await d.keys.press('2', '3', '0', '2', '2', '4', 'Alt+w', 'Alt+s');
	await d.keys.type('-25m');
	await sheet.getByRole('button', { name: /Confirm SEV2/ }).waitFor();
	await sheet.getByText(/core job lost for some/).first().waitFor();
	await d.keys.press('Control+Enter');
	await d.closed();
	const inc = await until('it is judged', async () => {
		const now = await d.show();
		return !now.provisional && now;
	});
	const started = Date.parse(inc.milestones.started);
	assert.ok(Math.abs(Date.now() - started - 25 * minute) < 2 * minute, inc.milestones.started);
	await d.qd('phase', 'INC-1', 'assess');
	const done = (await d.show()).checklist.filter((i) => i.state === 'done').map((i) => i.id);
	for (const id of ['assess.who', 'assess.data', 'assess.trend', 'assess.severity']) assert.ok(done.includes(id), `${id} in ${done}`);
});

test('after five minutes it nudges, and a quarter of an hour after judging it asks again', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.sees(/Assess how bad it is/);
	await d.machine.advance(5 * minute + 2000);
	await d.sees(/Severity still provisional \(SEV2\)/);
	const keys = d.keys.since();
	await d.keys.press('Control+e');
	const sheet = await d.sheet('How bad is it?');
	await sheet.getByText(/five minutes are over/).waitFor();
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal(keys(), 2);
	await until('judged', async () => (await d.show()).provisional === false);
	for (const a of ['responders', 'support', 'leadership', 'customers']) await d.qd('update', 'INC-1', '--audience', a, '--text', 'We are working on it.', '--next', '90m');
	for (const r of ['operations', 'communications']) await d.qd('role', 'assign', 'INC-1', r, 'ben');
	await d.qd('phase', 'INC-1', 'communicate');
	for (const i of (await d.show()).checklist.filter((x) => x.state === 'open')) await d.qd('check', 'INC-1', i.id, 'done', '--reason', 'so it is');
	await d.machine.advance(15 * minute + 2000);
	await d.sees(/Look again at SEV2/);
});

test('in a small window what the answers come to stays in sight', async (t) => {
	const d = await sit(t, { size: { width: 1024, height: 700 } });
	await d.declared();
	await d.keys.press('Control+e');
	const sheet = await d.sheet('How bad is it?');
	await d.keys.press('1', '1', '0', '0', '1', '2');
	await sheet.getByText(/gives I2/).waitFor();
	const seen = () =>
		sheet.getByLabel('What changes').evaluate((e) => {
			const [r, body] = [e.getBoundingClientRect(), e.closest('.body').getBoundingClientRect()];
			return r.top >= body.top && r.bottom <= body.bottom;
		});
	assert.equal(await seen(), true, 'answered by digits');
	await d.keys.press('Alt+1');
	await sheet.getByLabel('Reason').waitFor({ state: 'attached' });
	assert.equal(await seen(), true, 'with a reason to give');
});
