// Changes in flight, decisions to check, hypotheses, help and teams: by keyboard alone, within their keys.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both, whole } from './harness/look.mjs';
import { until } from './harness/until.mjs';

/** opens the row of the board that has the words. */
async function row(d, words) {
	const button = d.page.locator('.situation button').filter({ hasText: words }).first();
	await button.waitFor();
	await d.walk('F6', '.situation');
	for (let i = 0; i < 60; i++) {
		if (await d.page.evaluate((w) => document.activeElement?.textContent?.includes(w) ?? false, words)) break;
		await d.keys.press('Tab');
	}
	await d.keys.press('Enter');
	await d.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
}

test('a second change of the same thing warns before anybody hears of it', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('/change EU gateway: roll back 8842');
	await d.page.getByRole('region', { name: 'Changes in flight' }).getByText('EU gateway: roll back 8842').waitFor();
	const before = (await d.timeline()).length;
	const keys = d.keys.since();
	await d.keys.press('F9');
	const sheet = await d.sheet('Announce a change');
	await d.keys.note('gateway');
	await d.keys.note('drain it');
	await d.keys.note('ben');
	await d.keys.press('Enter');
	await sheet.getByText('Somebody has their hands on it.').waitFor();
	assert.equal((await d.timeline()).length, before, 'nobody has heard of it');
	await both(d, 'a second change');
	await d.keys.press('Alt+y');
	await d.closed();
	assert.ok(keys() <= 6, `${keys()} keys`);
	await d.recorded('both', (r) => r.kind === 'change.started', 2);
	await both(d, 'two changes in flight');

	// What came of it, in three keys: the pane, the row, the word.
	await row(d, 'drain it');
	await d.keys.type('errors at 12 %');
	await d.keys.press('Alt+3');
	await d.closed();
	const [ended] = await d.recorded('its end', (r) => r.kind === 'change.ended');
	assert.match(ended.text, /^Worse: gateway: drain it – errors at 12 %/);
	await d.keys.note('/changed better 1 %');
	await until('none in flight', async () => (await d.show()).changes.length === 0);
	assert.equal((await d.qd('verify')).ok, true);
});

test('a decision rings to be checked, and is put off or checked in one key', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.keys.note('!roll back 8842 because errors began with it but loses the tax rule');
	await d.recorded('the decision', (r) => r.kind === 'decision.made');
	await d.keys.note('/expect errors below 1 % 5m');
	const section = d.page.getByRole('region', { name: 'Decisions to check' });
	await section.getByText('expected: errors below 1 %').waitFor();
	await d.machine.move('advance 5m1s');
	await section.getByText(/look now/).waitFor();
	await d.keys.press('Control+Shift+j');
	await (await d.sheet('What is due')).getByText(/roll back 8842 – did it work/).waitFor();
	await whole(d, 'what is due');
	await d.keys.press('Escape');
	await d.closed();
	await row(d, 'roll back 8842');
	await d.keys.press('Alt+0');
	await d.closed();
	await until('it is put off', async () => !(await section.getByText(/look now/).isVisible()));
	await both(d, 'a decision to check');
	await row(d, 'roll back 8842');
	await d.keys.type('0.4 %');
	await d.keys.press('Enter');
	await d.closed();
	await section.waitFor({ state: 'hidden' });
	const [checked] = await d.recorded('the check', (r) => r.kind === 'decision.checked');
	assert.match(checked.text, /^Better: roll back 8842 – 0.4 %/);
});

test('hypotheses are ruled out and confirmed, with what shows it', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('/hypothesis the new build');
	await d.keys.note('/hypothesis the database');
	const section = d.page.getByRole('region', { name: 'Hypotheses' });
	await section.getByText('the database').waitFor();
	await row(d, 'the database');
	await d.keys.press('Alt+3');
	await d.page.getByText(/What shows that it is ruled out/).waitFor();
	await d.keys.type('log: no slow query since noon');
	await d.keys.press('Alt+3');
	await d.closed();
	await section.getByText('first error: no slow query since noon').waitFor();
	await row(d, 'the new build');
	await d.keys.type('change: 8842 at 13:41');
	await d.keys.press('Enter');
	await d.closed();
	await row(d, 'the new build');
	await d.keys.type('metric: gone after the roll-back');
	await d.keys.press('Alt+2');
	await d.closed();
	await until('how they stand', async () => (await d.show()).hypotheses.map((h) => h.state).join() === 'confirmed,ruled-out');
	await both(d, 'hypotheses');
	await d.keys.press('Control+z');
	await until('it is open again', async () => (await d.show()).hypotheses[0].state === 'open');
});

test('do I need help: asked when a phase is stuck, answered in one key, with whom to call', async (t) => {
	const d = await sit(t, {
		clock: true,
		before: async (m) => {
			await m.qd('declare', '--title', 'Checkout fails', '--severity', 'SEV3');
			await m.qd('people', 'add', 'Eve Stone', '--phone', '+49 30 1234', '--email', 'eve@example.com');
			writeFileSync(join(m.data, 'calendars.yaml'), '', { flag: 'a' });
		},
	});
	await d.machine.advance(31 * 60_000);
	await d.page.getByText(/need help\?/).first().waitFor();
	const keys = d.keys.since();
	await d.keys.press('F8');
	const sheet = await d.sheet('Do you need help?');
	await sheet.getByText('this phase has lasted long').waitFor();
	await both(d, 'the five questions');
	await d.keys.press('Alt+2');
	await sheet.getByText('+49 30 1234 · eve@example.com').waitFor();
	assert.equal(keys(), 2, 'one to ask, one to answer');
	await both(d, 'whom to call');
	const [answer] = await d.recorded('the answer', (r) => r.kind === 'intermission.answered');
	assert.match(answer.text, /^Help is needed: not sure how to fix it/);
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.press('F8', 'Control+Enter');
	await d.closed();
	await d.recorded('no', (r) => /^Do we need help\? No/.test(r.text));
});

test('people join a team under a lead, an action is read back', async (t) => {
	const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Checkout fails') });
	await d.keys.note('@chi look at the cache 5m');
	await d.recorded('the action', (r) => r.kind === 'action.opened');
	await row(d, 'look at the cache');
	await d.keys.press('Alt+r');
	await d.closed();
	await d.recorded('read back', (r) => r.kind === 'action.readback');
	await d.keys.press('Control+r');
	const sheet = await d.sheet('Roles');
	await d.keys.note('ops');
	await d.in('Who takes Ops lead');
	await d.keys.note('ben');
	await until('ben leads', async () => (await d.show()).roles.some((r) => r.holder === 'ben'));
	await d.keys.note('ops');
	await d.in('Who takes Ops lead');
	await d.keys.type('chi');
	await d.keys.press('Alt+l');
	await sheet.getByText('team: chi').waitFor();
	await both(d, 'a team');
	await d.recorded('the team', (r) => r.kind === 'team.joined');
});
