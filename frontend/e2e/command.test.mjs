// What a commander does beside writing: checklist, roles, severity, phase, actions, questions, the situation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const board = '.situation';

test('the current item: a chord, a value, Enter; skipping takes a reason', async (t) => {
	const d = await sit(t);
	await d.declared();
	const open = (inc) => inc.checklist.filter((i) => i.state === 'open');
	const before = open(await d.show());
	const keys = d.keys.since();
	await d.keys.press('Control+d');
	const field = d.page.locator('section[aria-label="Checklist"] input');
	await field.waitFor();
	await d.keys.note('14:02, a guess');
	await d.closed();
	assert.equal(keys(), 2);
	const ticked = await until('one is ticked', async () => {
		const inc = await d.show();
		return open(inc).length === before.length - 1 && inc.checklist.find((i) => i.word === '14:02, a guess');
	});
	assert.equal(ticked.state, 'done');

	await d.keys.press('Control+d');
	await field.waitFor();
	await d.keys.press('Alt+s');
	await d.page.locator('section[aria-label="Checklist"]').getByRole('alert').waitFor();
	await d.keys.type('no second site here');
	await d.keys.press('Alt+s');
	await d.closed();
	await until('one is skipped', async () => (await d.show()).checklist.some((i) => i.state === 'skipped' && i.word === 'no second site here'));
	assert.equal((await d.timeline()).filter((r) => r.kind === 'item.checked').length, 2);
});

test('roles are given and taken with a few keys', async (t) => {
	const d = await sit(t);
	await d.declared();
	const holder = async (role) => (await d.show()).roles.find((r) => r.role === role)?.holder;
	const keys = d.keys.since();
	await d.keys.press('Control+r');
	await d.sheet('Roles');
	await d.keys.note('comms');
	await d.in('Who takes');
	await d.keys.note('dee');
	await until('dee has comms', async () => (await holder('communications')) === 'dee');
	await d.in('Role');
	await d.keys.note('scribe');
	await d.in('Who takes Scribe');
	await d.keys.note('dee');
	await until('dee scribes', async () => (await holder('scribe')) === 'dee');
	await d.in('Role');
	await d.keys.type('scribe');
	await d.keys.press('Alt+x');
	await until('nobody scribes', async () => (await holder('scribe')) === undefined);
	await d.keys.press('Escape');
	await d.closed();
	assert.ok(keys() <= 8, `${keys()} keys`);
	assert.equal(await holder('communications'), 'dee');
	assert.equal(await holder('commander'), 'ana');
});

test('severity: worse is free and hastens promises, better asks why', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	const was = await d.show();
	const keys = d.keys.since();
	await d.keys.press('Control+e');
	await d.sheet('How bad is it?');
	await d.keys.press('Alt+1', 'Control+Enter');
	await d.closed();
	assert.equal(keys(), 3);
	const worse = await d.show();
	assert.equal(worse.severity, 'SEV1');
	assert.equal(worse.provisional, false);
	assert.deepEqual(worse.roles.map((r) => [r.role, r.holder]), was.roles.map((r) => [r.role, r.holder]), 'no role moved');
	for (const p of was.promises) {
		const now = worse.promises.find((x) => x.audience === p.audience);
		assert.ok(Date.parse(now.due) <= Date.parse(p.due), `${p.audience} was put off from ${p.due} to ${now.due}`);
	}
	await d.keys.press('Control+e');
	const sheet = await d.sheet('How bad is it?');
	await d.keys.press('Alt+3', 'Control+Enter');
	await sheet.getByRole('alert').waitFor();
	await d.in('Why lower it');
	assert.equal((await d.show()).severity, 'SEV1');
	await d.keys.note('wallets work, cards again since 14:00');
	await d.closed();
	assert.equal((await d.show()).severity, 'SEV3');
	await d.recorded('the reason', (r) => r.kind === 'severity.set' && r.text.includes('wallets work'));
	await d.keys.press('Control+z');
	await until('SEV1 again', async () => (await d.show()).severity === 'SEV1');
});

test('phases go forward freely and back with a reason', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+Shift+m');
	const sheet = await d.sheet('Move the phase');
	await d.chooses(sheet, 'Mitigate');
	await d.keys.press('Control+Enter');
	await d.closed();
	await until('mitigate', async () => (await d.show()).phase === 'mitigate');
	await d.keys.press('Control+Shift+m');
	await d.sheet('Move the phase');
	await d.chooses(sheet, 'Investigate');
	await d.keys.press('Control+Enter');
	await sheet.getByRole('alert').waitFor();
	await d.in('Why go back?');
	assert.equal((await d.show()).phase, 'mitigate');
	await d.keys.type('the rollback changed nothing');
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal((await d.show()).phase, 'investigate');
	await d.recorded('the reason', (r) => r.kind === 'phase.moved' && r.text.includes('the rollback changed nothing'));
});

test('actions are extended and done, questions answered, the situation written, on the board', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('@ben roll the release back 5m');
	await d.keys.note('?are refunds affected');
	await d.page.getByRole('region', { name: 'Open questions' }).waitFor();
	const due = async () => Date.parse((await d.show()).actions[0].due);

	await d.walk('F6', board);
	await d.walk('Tab', 'section[aria-label="Actions"] button');
	await d.keys.press('Enter');
	await d.in('Result of ben');
	await d.keys.press('Alt+5');
	await d.closed();
	const [more] = await d.recorded('more time', (r) => r.kind === 'action.extended');
	assert.equal((await due()) - Date.parse(more.at), 5 * 60_000, 'five minutes from when it was asked for');

	await d.walk('F6', board);
	await d.walk('Tab', 'section[aria-label="Actions"] button');
	await d.keys.press('Enter');
	await d.in('Result of ben');
	await d.keys.note('rolled back, errors fall');
	await d.closed();
	await until('it is done', async () => (await d.show()).actions.length === 0);
	await d.recorded('the result', (r) => r.kind === 'action.closed' && r.text.includes('rolled back, errors fall'));

	await d.walk('F6', board);
	await d.walk('Tab', 'section[aria-label="Open questions"] button');
	await d.keys.press('Enter');
	await d.in('Answer to');
	await d.keys.note('no, they run over another gateway');
	await d.closed();
	await until('it is answered', async () => (await d.show()).questions.length === 0);

	await d.walk('F6', board);
	await d.keys.press('Enter');
	await d.in('Impact');
	await d.keys.note('card payments fail in the EU');
	await d.closed();
	await until('the impact', async () => (await d.show()).impact === 'card payments fail in the EU');
	await d.walk('F6', board);
	await d.keys.press('Tab', 'Enter');
	await d.in('Goal');
	await d.keys.note('errors under 1 % for 30 min');
	await until('the goal', async () => (await d.show()).goal === 'errors under 1 % for 30 min');
});

test('NEXT leads where it points', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.keys.press('Control+j');
	await d.sheet('How bad is it?');
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal((await d.show()).provisional, false);
	await d.machine.move('advance 16m');
	await d.page.getByRole('status').filter({ hasText: /Customers/ }).waitFor();
	await d.keys.press('Control+j');
	await d.sheet('Update for Customers');
});

test('a row of the timeline is corrected in its place, time and words', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('gateway restarted');
	const [note] = await d.recorded('the note', (r) => r.text === 'gateway restarted');
	await d.page.locator(`[data-row="${note.id}"]`).waitFor();
	await d.walk('F6', '#timeline');
	await d.keys.press('ArrowUp');
	await d.page.waitForFunction((id) => document.activeElement?.dataset.row === id, note.id);
	await d.keys.press('Enter');
	await d.in('Words');
	await d.keys.press('End');
	await d.keys.type(' by ben');
	await d.keys.press('Tab', 'Control+a');
	await d.keys.note('-10m');
	await d.closed();
	const now = await until('the correction', async () => (await d.timeline()).find((r) => r.id === note.id && r.text === 'gateway restarted by ben'));
	assert.ok(Math.abs(Date.parse(note.at) - Date.parse(now.at) - 10 * 60_000) < 61_000, `${note.at} became ${now.at}`);
});
