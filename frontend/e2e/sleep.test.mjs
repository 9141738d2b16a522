// A machine that sleeps, and a clock that is set.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

/** settled is an incident whose severity is judged and whose roles are held, so that little comes due. */
async function settled(d) {
	await d.declared();
	await d.qd('severity', 'INC-1', 'SEV2');
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	await d.qd('role', 'assign', 'INC-1', 'communications', 'dee');
}

const card = (d) => d.page.getByRole('region', { name: 'While you were away' });

test('twenty minutes of sleep: one card, and the update is out in three keys', async (t) => {
	const d = await sit(t, { clock: true });
	await settled(d);
	await d.qd('update', 'INC-1', '--audience', 'customers', '--text', 'Some payments fail; we are on it.', '--next', '15m');
	await d.keys.note('@ben roll the release back 5m');
	await d.keys.note('@chi trace the timeouts 10m');
	await d.keys.note('@dee line for support 45m');
	await until('three actions', async () => (await d.show()).actions.length === 3);

	const slept = performance.now();
	await d.machine.move('suspend 20m');
	await card(d).waitFor();
	const took = Math.round(performance.now() - slept);
	t.diagnostic(`the card after ${took} ms`);
	assert.ok(took < 2000, `the card after ${took} ms`);
	assert.match(await card(d).innerText(), /You were away 20 min/);
	const rows = (await card(d).getByRole('button').allInnerTexts()).filter((r) => !/I have read this/.test(r));
	assert.equal(rows.length, 3, rows.join('\n'));
	assert.match(rows[0], /Customers update was promised/);
	assert.ok(rows.some((r) => /ben: roll the release back/.test(r)) && rows.some((r) => /chi: trace the timeouts/.test(r)));

	const keys = d.keys.since();
	await d.keys.press('Enter');
	await card(d).waitFor({ state: 'detached' });
	await d.keys.press('Control+u');
	const pre = d.page.getByRole('dialog', { name: 'Update for Customers' }).locator('pre');
	const preview = await until('the draft', async () => (await pre.count()) > 0 && (await pre.textContent()));
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.ok(keys() <= 4, `${keys()} keys`);
	const customers = (await d.show()).audiences.find((a) => a.audience === 'customers');
	assert.equal(customers.text, preview);
	assert.match(preview, /We said .*this is late/, 'it admits that it is late');
	assert.equal(await card(d).count(), 0, 'the card comes once');
});

test('a clock that is set back an hour: said, recorded, and nothing rings twice', async (t) => {
	const d = await sit(t, { clock: true });
	await settled(d);
	await d.machine.move('step -1h');
	await card(d).waitFor();
	assert.match(await card(d).innerText(), /The clock was set/);
	await d.recorded('the step', (r) => r.kind.startsWith('clock.'));
	await d.keys.press('Enter');
	await card(d).waitFor({ state: 'detached' });
	await d.keys.note('after the step');
	await d.recorded('the note', (r) => r.text === 'after the step');
	assert.equal((await d.qd('verify')).ok, true);
});

test('typing goes on while the card is there; the card never takes a letter', async (t) => {
	const d = await sit(t, { clock: true });
	await settled(d);
	await d.keys.type('half a sen');
	await d.machine.move('suspend 20m');
	await card(d).waitFor();
	await d.keys.note('tence');
	await d.recorded('the note', (r) => r.text === 'half a sentence');
	assert.equal(await card(d).count(), 1, 'Enter with words records them');
	await d.keys.press('Enter');
	await card(d).waitFor({ state: 'detached' });
});
