// A list that is interrupted keeps its place, whatever comes between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { outside } from './harness/outside.mjs';
import { until } from './harness/until.mjs';

/** tones counts what the page sounds. */
async function tones(d) {
	await d.page.evaluate(() => {
		window.tones = [];
		const start = OscillatorNode.prototype.start;
		OscillatorNode.prototype.start = function (at) {
			window.tones.push(at);
			return start.call(this, at);
		};
	});
	return () => d.page.evaluate(() => window.tones.length);
}

/** mitigating is an incident in the middle of its list for mitigating: three items are done. */
async function mitigating(d) {
	await d.qd('severity', 'INC-1', 'SEV2');
	for (const [role, who] of [['operations', 'ben'], ['communications', 'dee']]) await d.qd('role', 'assign', 'INC-1', role, who);
	await d.qd('phase', 'INC-1', 'mitigate');
	const items = await until('the list', async () => {
		const { checklist } = await d.show();
		return checklist.some((i) => i.id.startsWith('mitigate.')) && checklist;
	});
	for (const i of items.slice(0, 3)) await d.qd('check', 'INC-1', i.id, 'done', '--reason', 'seen');
	await d.page.getByRole('heading', { name: /3 of \d/ }).waitFor();
	return items;
}

/** flaps lets the way to the chat go and come back. */
async function flaps(d, world) {
	for (const [how, there] of [['503', 'visible'], ['ok', 'detached']]) {
		world.slack = how;
		await d.qd('route', 'test', 'war-room').catch(() => undefined); // it says that it is down
		if (how !== 'ok') await d.machine.advance(65_000); // what is back within a minute is not told at all
		await d.page.getByRole('button', { name: /war-room off/ }).waitFor({ state: there });
	}
}

const list = (d) => d.page.getByRole('region', { name: 'Checklist' });

test('demands, an action out of time, a link that flaps, and the list goes on at its fourth item', async (t) => {
	const world = await outside(t);
	const d = await sit(t, {
		clock: true,
		before: async (m) => {
			world.routes(m);
			await m.qd('declare', '--title', 'Checkout fails for EU customers');
		},
	});
	const items = await mitigating(d);
	const heard = await tones(d);
	const alarms = async () => (await d.show()).alarms;
	await d.keys.note('@ben fail over to the other cluster 8m');
	await until('the action', async () => (await d.show()).actions.length === 1);

	// An executive asks for the severity and a list of customers while a sentence is being typed.
	await d.keys.type('the support lead asks for ');
	const before = await alarms();
	for (let i = 0; i < 5; i++) {
		await flaps(d, world);
		assert.equal(await d.focus(), 'line', 'a link moves no focus');
	}
	assert.ok((await alarms()).total - before.total <= 1, 'five flaps are one annunciation');
	assert.equal(await heard(), 0, 'and no sound');
	await d.machine.advance(8 * 60_000 + 10_000 - 5 * 65_000);
	await d.page.getByRole('button', { name: /Actions 1 time up/ }).waitFor();
	assert.equal(await d.focus(), 'line', 'nothing takes the focus while somebody types');
	assert.ok((await heard()) <= 1, 'one sound at a time');
	await d.keys.note('the customers who are hurt');
	await d.recorded('the demand', (r) => r.text === 'the support lead asks for the customers who are hurt');
	await list(d).getByText(/Paused at item 4, 08:\d\d ago/).waitFor();

	let keys = d.keys.since();
	await d.keys.press('Control+d');
	await d.page.waitForFunction((text) => document.activeElement?.closest('li')?.textContent.includes(text), items[3].text);
	assert.ok(keys() <= 6, `${keys()} keys to go on`);

	await d.keys.note('none heard');
	await d.closed();
	await d.page.getByRole('heading', { name: /4 of \d/ }).waitFor(); // the page has heard of it

	// The next one must not be missed: it is not passed over without a word.
	await d.keys.press('Control+d');
	await d.page.waitForFunction((text) => document.activeElement?.closest('li')?.textContent.includes(text), items[4].text);
	await d.keys.press('Alt+s');
	await list(d).getByRole('alert').waitFor();
	assert.equal((await d.show()).checklist[4].state, 'open');
	await d.keys.press('Escape');
	await d.closed();
});

test('a list that the next phase cuts off is counted, resumed with one key, and left only with a word', async (t) => {
	const d = await sit(t, { clock: true, before: (m) => m.qd('declare', '--title', 'Checkout fails for EU customers') });
	const items = await mitigating(d);
	await d.qd('phase', 'INC-1', 'verify');
	await d.machine.advance(3 * 60_000 + 10_000);
	const nav = d.page.getByRole('navigation', { name: 'Interrupted lists' });
	await nav.getByText(/1 interrupted/).waitFor();
	await nav.getByText(new RegExp(`paused at item 4 of ${items.length}, 03:\\d\\d ago`)).waitFor();

	const keys = d.keys.since();
	await d.keys.press('Control+Shift+d');
	await d.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
	await list(d).getByRole('heading', { name: /^Mitigate/ }).waitFor();
	assert.equal(keys(), 1);
	await d.keys.press('Escape');
	await d.closed();

	// The rest is left with a reason, but not what must not be missed.
	const fault = await d.machine.refused('check', 'INC-1', 'mitigate', 'skip', '--reason', 'overtaken');
	assert.match(JSON.stringify(fault), /must not be missed/);
	await d.qd('check', 'INC-1', items[4].id, 'skip', '--reason', 'n.a.');
	await d.qd('check', 'INC-1', 'mitigate', 'skip', '--reason', 'overtaken');
	await nav.waitFor({ state: 'detached' });
	await list(d).getByRole('heading', { name: /^Verify/ }).waitFor();
});
