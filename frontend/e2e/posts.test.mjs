// What leaves: two due updates in two keys, and a day on which Slack is down, with real servers on this machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { outside } from './harness/outside.mjs';
import { until } from './harness/until.mjs';

const audience = async (d, id) => (await d.show()).audiences.find((a) => a.audience === id) ?? { told: 0 };
const pre = (d) => d.page.getByRole('dialog', { name: /^Update for/ }).locator('pre');
const cell = (d) => d.page.getByRole('navigation', { name: 'Annunciators' }).getByRole('button', { name: /Delivery/ });
const posts = (d) => d.qd('outbox', 'list', 'INC-1');

/** due sits down where customers and support are promised an update in two minutes. */
async function due(t, world) {
	return sit(t, {
		clock: true,
		before: async (m) => {
			world.routes(m);
			await m.qd('declare', '--title', 'Card payments fail', '--severity', 'SEV1');
			await m.qd('log', '/impact Cards fail in the EU. Build 8842 on db-7.prod.internal is bad.');
		},
	});
}

test('two due updates leave in two keys, as they were previewed', async (t) => {
	const world = await outside(t);
	const d = await due(t, world);
	for (const [who, when] of Object.entries({ customers: '14m', support: '14m', responders: '40m', leadership: '40m' })) await d.qd('promise', 'INC-1', who, when);
	await d.machine.advance(12 * 60_000 + 5000);
	await d.page.getByRole('navigation', { name: 'Annunciators' }).getByRole('button', { name: /things due/ }).waitFor(); // the page knows it, not only its clock
	const keys = d.keys.since();
	await d.keys.press('Control+u');
	const sheet = await d.sheet(/^Update for/);
	await sheet.getByRole('button', { name: /^Send to .*\+/ }).waitFor();
	await both(d, 'the composer');
	const shown = await until('a preview by a route', async () => (await sheet.getByText(/leaves by/).count()) > 0 && (await pre(d).textContent()));
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal(keys(), 2);
	await cell(d).filter({ hasText: / in \d s/ }).waitFor();
	assert.equal(world.messages.length + world.incidents.length, 0, 'it can be recalled');
	await d.machine.advance(6000);
	const sent = await until('both are sent', async () => {
		const rows = await posts(d);
		return rows.filter((r) => r.state === 'sent').length >= 2 && rows;
	});
	assert.ok(sent.some((r) => r.text === shown), `sent as previewed: ${shown}`);
	assert.equal((await audience(d, 'customers')).told, 1);
	assert.equal((await audience(d, 'support')).told, 1);
	assert.equal(world.incidents.length, 1);
	assert.doesNotMatch(world.said('page'), /8842|db-7|INC-1/, 'people outside are told none of our words');
	assert.ok(Date.parse((await d.show()).promises.find((p) => p.audience === 'customers').due) > d.machine.now(), 'the next one is promised');
});

test('Ctrl+Z recalls what has not left', async (t) => {
	const world = await outside(t);
	const d = await due(t, world);
	await d.keys.press('Control+u', 'Alt+2');
	await (await d.sheet('Update for Support')).getByText(/leaves by support-chat/).waitFor();
	await d.keys.press('Control+Enter');
	await d.closed();
	await cell(d).filter({ hasText: /leaves in \d s/ }).waitFor();
	await d.keys.press('Control+z');
	await d.sees('Recalled. Nothing has left');
	await d.machine.advance(60_000);
	assert.deepEqual((await posts(d)).map((r) => r.state), ['cancelled']);
	assert.equal(world.messages.length, 0);
	assert.equal((await audience(d, 'support')).told, 0);
});

test('Slack is down: support is phoned in eight keys, the page is told once, and one message says it all when Slack is back', async (t) => {
	const world = await outside(t);
	const d = await due(t, world);
	for (const [who, when] of Object.entries({ customers: '14m', support: '14m', responders: '3h', leadership: '3h' })) await d.qd('promise', 'INC-1', who, when);
	await d.machine.advance(12 * 60_000 + 5000);
	await d.page.getByRole('navigation', { name: 'Annunciators' }).getByRole('button', { name: /things due/ }).waitFor(); // the page knows it, not only its clock
	world.slack = 'hole';
	world.page = '503';

	const keys = d.keys.since();
	await d.keys.press('Control+u');
	const sheet = await d.sheet(/^Update for/);
	await sheet.getByRole('button', { name: /^Send to .*\+/ }).waitFor();
	await d.keys.press('Control+Enter');
	await d.closed();
	await d.machine.advance(6000);
	await until('both were tried', () => world.calls.some((c) => c.includes('/pages/')) && world.calls.some((c) => /auth|chat/.test(c)));
	await d.keys.press('Control+u', 'Alt+2');
	await d.sheet(/^Update for Support/);
	await d.keys.press('Alt+c');
	await d.sees('Copied');
	await d.keys.press('Alt+m');
	await d.in('Sent by');
	await d.keys.note('phone');
	await until('support is told', async () => (await audience(d, 'support')).told === 1);
	assert.ok(keys() <= 8, `${keys()} keys`);
	const promised = (await d.show()).promises.find((p) => p.audience === 'support');
	assert.ok(Date.parse(promised.due) > d.machine.now(), 'the promise is kept, and the next one given');
	assert.match(JSON.stringify(await d.timeline()), /phone/);
	if (await d.page.locator('dialog[open]').count()) await d.keys.press('Escape');
	await d.closed();
	const began = Date.now();
	await d.keys.note('the log is written all the same');
	await d.recorded('a note', (r) => /all the same/.test(r.text));
	t.diagnostic(`a note while Slack hangs: ${Date.now() - began} ms until qd reads it`);
	assert.equal(await d.page.getByRole('button', { name: /(Link|Delivery).*(warning|red)/ }).count(), 0, 'a link that is lost is no alarm');

	world.page = 'ok';
	await until('customers are told', async () => {
		await d.machine.advance(10_000);
		return (await audience(d, 'customers')).told === 1;
	});
	assert.equal(world.incidents.length, 1, 'once');

	await until('nobody knows whether Slack has it', async () => (await posts(d)).some((r) => r.audience === 'support' && r.state === 'unknown'));
	await d.machine.advance(20 * 60_000);
	world.slack = 'ok';
	await until('it is asked about', async () => {
		await d.machine.advance(10_000);
		return (await posts(d)).some((r) => r.audience === 'support' && r.state === 'held');
	});
	assert.equal(world.messages.length, 0, 'nothing old leaves by itself');
	await d.keys.press('Control+3');
	const box = await d.sheet('Outbox');
	await box.getByText(/held – not posted, and written \d+ minutes ago\. still true\? Send it, drop it, or write a new one/i).waitFor();
	await both(d, 'a held post');
	await d.keys.press('Alt+e');
	const again = await d.sheet(/^Update for Support/);
	await again.getByText(/takes the place of what has not left/).waitFor();
	await again.getByText(/leaves by support-chat/).waitFor();
	await d.keys.press('Control+Enter');
	await until('it has left', async () => {
		await d.machine.advance(6000);
		return world.messages.length > 0;
	});
	await until('the old one gave way', async () => (await posts(d)).every((r) => r.audience !== 'support' || ['sent', 'superseded'].includes(r.state)));
	assert.equal(world.messages.filter((m) => m.channel === 'C0SUPPORT1').length, 1, 'one message says it all');
});
