// A slow disk or a busy machine: what was typed or chosen while an answer was on its way stands, an act waits for what it
// sends, and a key that is held or pressed twice gives one order.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { outside } from './harness/outside.mjs';
import { until } from './harness/until.mjs';

/** late keeps the answers of a method back until what it answers with is called; with first only the first of them. */
async function late(d, method, first = false) {
	let release;
	const held = new Promise((go) => (release = go));
	let asked = 0;
	await d.page.route(`**/api/${method}`, async (r) => {
		try {
			const answer = await r.fetch();
			if (++asked === 1 || !first) await held;
			await r.fulfill({ response: answer });
		} catch {
			// the test has ended, and its page is gone
		}
	});
	return Object.assign(() => release(), { asked: () => asked });
}

/** hold keeps calls themselves back: the backend has heard nothing until what it answers with is called. */
async function hold(d, method) {
	let release;
	const held = new Promise((go) => (release = go));
	await d.page.route(`**/api/${method}`, async (r) => {
		await held;
		await r.continue().catch(() => undefined); // the test has ended, and its page is gone
	});
	return release;
}

const declare = (m) => m.qd('declare', '--title', 'Checkout fails', '--severity', 'SEV2');
const held = async (d, key, times = 6) => {
	for (let i = 0; i < times; i++) await d.page.keyboard.down(key);
	await d.page.keyboard.up(key);
};

test('what is typed while a correction is saved belongs to the line', async (t) => {
	const d = await sit(t, { before: declare });
	await d.keys.note('errors at 13:40');
	await d.recorded('the note', (r) => r.text === 'errors at 13:40');
	await d.keys.press('ArrowUp');
	await d.page.getByText(/correcting/).waitFor();
	const release = await hold(d, 'Amend');
	await d.keys.note(' and later');
	await d.keys.type('the next thing');
	release();
	await d.recorded('the correction', (r) => r.text === 'errors at 13:40 and later');
	assert.equal(await d.line(), 'the next thing');
});

test('a severity is set by the answers as they stand, not by those of a moment ago', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+e');
	await (await d.sheet('How bad is it?')).getByText(/left of 5:00/).waitFor();
	const release = await late(d, 'Assess');
	await d.keys.press('1', '1', '0', '0', '1', 'Control+Enter', 'Control+Enter');
	release();
	await d.closed();
	const inc = await d.show();
	assert.deepEqual([inc.severity, inc.provisional], ['SEV4', false]);
	assert.equal((await d.timeline()).filter((r) => r.kind === 'severity.set').length, 1, 'once');
});

test('two answers about help, given quickly, are both recorded', async (t) => {
	const d = await sit(t, { before: declare });
	await d.keys.note('/need');
	const sheet = await d.sheet('Do you need help?');
	await sheet.getByText('whom to call', { exact: false }).or(sheet.getByRole('listitem')).first().waitFor();
	const release = await late(d, 'AnswerIntermission');
	await d.keys.press('Alt+2', 'Alt+3');
	release();
	const said = await d.recorded('both answers', (r) => r.kind === 'intermission.answered', 2);
	assert.equal(said.at(-1).text.split(/;|,/).length, said[0].text.split(/;|,/).length + 1, said.map((r) => r.text).join(' | '));
});

test('the next role can be typed while one is being given', async (t) => {
	const d = await sit(t, { before: declare });
	await d.keys.press('Control+r');
	const sheet = await d.sheet('Roles');
	await d.keys.note('operations');
	await d.in('Who takes');
	const release = await late(d, 'AssignRole');
	await d.keys.note('Ben');
	await d.keys.type('com');
	release();
	await sheet.getByText('Ben is Operations lead').or(d.page.getByText(/^Ben is /)).first().waitFor();
	assert.equal(await sheet.getByLabel('Role', { exact: true }).inputValue(), 'com');
	assert.equal((await d.show()).roles.find((r) => r.role === 'operations').holder, 'Ben');
});

test('who is changed before the list has come keeps what else is known of them', async (t) => {
	const d = await sit(t, { before: async (m) => (await declare(m), await m.qd('people', 'add', 'Eve Stone', '--phone', '1', '--alias', 'evie', '--email', 'eve@example.com')) });
	const release = await late(d, 'People');
	await d.keys.press('Control+k');
	await d.keys.note('People and phone');
	await d.sheet('People');
	await d.in('Name');
	await d.keys.type('Eve Stone');
	await d.keys.press('Tab');
	await d.keys.note('+49 30 22');
	release();
	const eve = await until('the new number', async () => (await d.qd('people', 'list')).find((p) => p.phone === '+49 30 22'));
	assert.deepEqual([eve.email, eve.aliases], ['eve@example.com', ['evie']]);
});

test('writing goes on while a section is saved, and one’s own words are nobody else’s', async (t) => {
	const d = await sit(t, { before: declare });
	await d.keys.press('Control+5');
	const field = d.page.locator('textarea[data-section="short"]');
	await field.focus();
	await d.keys.type('First.');
	const release = await late(d, 'WriteSection', true);
	await d.keys.press('Control+s');
	await d.recorded('the first words', (r) => r.kind === 'section.written');
	await d.keys.type(' Second.');
	release();
	await d.page.locator('section[aria-labelledby="retro-short"] [role=status]').filter({ hasText: 'not saved' }).waitFor();
	await d.keys.press('Control+s');
	await d.page.locator('section[aria-labelledby="retro-short"] [role=status]').filter({ hasText: 'ana' }).waitFor();
	assert.equal(await field.inputValue(), 'First. Second.');
	assert.equal(await d.page.getByText('Somebody has written here meanwhile').count(), 0);
	assert.equal((await d.recorded('both', (r) => r.kind === 'section.written', 2)).length, 2);
});

test('Enter in the search opens what is found for the words that stand there', async (t) => {
	const d = await sit(t, { light: true });
	await d.qd('declare', '--title', 'Checkout fails');
	await d.qd('declare', '--title', 'Payments time out');
	await d.keys.press('Control+Shift+k');
	await d.page.waitForFunction(() => document.activeElement?.id === 'search');
	await d.keys.type('checkout');
	await d.page.locator('#hits [role=option]').first().waitFor();
	const release = await late(d, 'Search');
	await d.keys.press('Control+a');
	await d.keys.note('payments');
	release();
	await d.page.getByRole('heading', { name: /^INC-2 / }).waitFor();
});

test('the post that is looked at stays while others change their places', async (t) => {
	const world = await outside(t);
	const d = await sit(t, { clock: true, before: async (m) => (world.routes(m), await declare(m)) });
	for (const who of ['support', 'responders']) await d.qd('update', 'INC-1', '--audience', who, '--text', `For ${who}.`, '--next', '30m', '--no-wait');
	await d.keys.press('Control+3');
	const sheet = await d.sheet('Outbox');
	const posts = sheet.getByRole('list', { name: 'Posts' }).getByRole('button');
	const chosen = async () => /Support|Responders/.exec(await sheet.getByRole('list', { name: 'Posts' }).locator('[aria-pressed="true"]').innerText())?.[0];
	await posts.nth(1).waitFor();
	const was = await chosen();
	const other = (await d.qd('outbox', 'list', 'INC-1')).find((r) => r.audience !== was.toLowerCase());
	await d.qd('outbox', 'hold', other.id);
	await posts.first().filter({ hasText: /held/i }).waitFor();
	assert.equal(await chosen(), was);
});

test('two figures of the year, typed quickly, both count', async (t) => {
	const d = await sit(t);
	await d.keys.press('Control+9');
	await d.sees('published guess');
	const release = await late(d, 'Calculator');
	for (const [part, n] of [['Making the change: people', '3'], ['Making the change: minutes of each person', '50']]) {
		await d.page.getByLabel(part).focus();
		await d.keys.press('Control+a');
		await d.keys.type(n);
		await d.keys.press('Tab');
	}
	release();
	await d.page.getByRole('row', { name: /Making the change/ }).filter({ hasText: 'yours' }).waitFor();
	const row = d.page.getByRole('row', { name: /Making the change/ });
	await until('both stand', async () => (await row.locator('input').nth(0).inputValue()) === '50' && (await row.locator('input').nth(1).inputValue()) === '3');
	const [download] = await Promise.all([d.page.waitForEvent('download'), d.keys.press('Alt+j')]);
	const path = join(d.machine.home, 'year.json');
	await download.saveAs(path);
	assert.match(readFileSync(path, 'utf8'), /"minutes": ?50,\s*"people": ?3/);
});

test('a key that is held gives one order', async (t) => {
	const d = await sit(t);
	await d.keys.type('Checkout fails');
	await held(d, 'Enter');
	await d.sees('Declare? Enter again');
	assert.deepEqual(await d.qd('list'), [], 'nothing is declared by one press');
	await d.keys.press('Control+a', 'Delete', 'Control+i');
	await d.sheet('Declare an incident');
	await d.keys.type('Checkout fails');
	await d.page.keyboard.down('Control');
	await held(d, 'Enter');
	await d.page.keyboard.up('Control');
	const update = await d.sheet(/^Update for/);
	await until('a draft', async () => (await update.locator('pre').textContent()) !== '');
	assert.ok((await d.show()).audiences.every((a) => a.told === 0), 'nobody is told by the key that declared');
});

test('a form that is answered twice is written once', async (t) => {
	const d = await sit(t, { before: declare });
	await d.keys.press('Control+8');
	await d.sees('The impact is judged');
	await d.keys.press('Alt+f');
	await d.in('What is to be done');
	await d.keys.type('alert on failed payments');
	await d.page.getByLabel('Owner').focus();
	const release = await hold(d, 'FollowUp');
	await d.keys.type('ben');
	await d.keys.press('Enter', 'Enter');
	release();
	await d.page.locator('.ask').waitFor({ state: 'detached' });
	await d.keys.press('Control+1');
	await d.keys.note('afterwards');
	await d.recorded('what came after', (r) => r.text === 'afterwards');
	assert.equal((await d.timeline()).filter((r) => r.kind === 'followup.added').length, 1);
});

test('a time that is typed is in the record before the phase moves, and keeps it from moving when it is none', async (t) => {
	const d = await sit(t, { before: declare });
	await d.keys.press('Control+Shift+m');
	const sheet = await d.sheet('Move the phase');
	await d.chooses(sheet, 'Resolved');
	await d.page.locator('#time-mitigated').focus();
	await d.keys.type('noon or so');
	await d.keys.press('Control+Enter');
	await sheet.getByText(/A time like/).waitFor();
	await until('the focus where it is wrong', async () => (await d.focus()) === 'time-mitigated');
	const release = await late(d, 'SetMilestone');
	let moved = 0;
	await d.page.route('**/api/MovePhase', async (r) => {
		moved++;
		await r.continue();
	});
	await d.keys.press('Control+a', 'Delete');
	await d.page.locator('#time-started').focus();
	await d.keys.press('Control+a');
	await d.keys.type('-1m');
	await d.keys.press('Control+Enter');
	await until('the time is on its way', () => release.asked() === 1);
	assert.equal(moved, 0);
	release();
	await until('then it is moved', () => moved > 0);
});

test('a sheet about one incident is never that of another', async (t) => {
	const d = await sit(t, { before: declare });
	await d.qd('declare', '--title', 'Payments time out');
	await d.keys.press('Control+u');
	await (await d.sheet(/^Update for/)).locator('pre').filter({ hasText: /\w/ }).waitFor();
	await until('the page knows of the other one', async () => {
		await d.keys.press('Control+k');
		await d.keys.type('Payments time');
		if (await d.page.getByRole('option', { name: /^INC-2 / }).count()) return true;
		return d.keys.press('Escape');
	});
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: /^INC-2 / }).waitFor();
	await d.closed();
});

test('what is typed before an update’s draft has come stays, and so does a time that was chosen', async (t) => {
	const d = await sit(t, { before: declare });
	const release = await late(d, 'Draft', true);
	await d.keys.press('Control+u');
	const sheet = await d.sheet(/^Update for/);
	await d.in('Text');
	await d.keys.type('Ours.');
	release();
	await until('the rest is filled in', async () => (await sheet.getByRole('radio', { checked: true }).count()) === 1 && (await sheet.getByLabel('Next update').inputValue()) !== '');
	assert.equal(await sheet.getByLabel('Text', { exact: true }).inputValue(), 'Ours.');

	await d.keys.press('Alt+3');
	await until('another draft', async () => /\w/.test(await sheet.locator('pre').textContent()) && (await sheet.locator('pre').textContent()) !== 'Ours.');
	await d.keys.press('Alt+n', 'Control+a');
	await d.keys.type('45m');
	await d.keys.press('Alt+1', 'Alt+3');
	await d.sheet('Update for Leadership');
	await d.keys.press('Control+Enter');
	await until('they are told', async () => (await d.show()).audiences.find((a) => a.audience === 'leadership')?.told === 1);
	const inc = await d.show();
	const ahead = (Date.parse(inc.promises.find((p) => p.audience === 'leadership').due) - Date.parse(inc.audiences.find((a) => a.audience === 'leadership').at)) / 60_000;
	assert.ok(ahead >= 44 && ahead <= 46, `promised in ${ahead} minutes`);
});

test('the words that are compared are those of the file that is brought in', async (t) => {
	const d = await sit(t, { before: declare });
	const good = join(d.machine.home, 'good.handoff');
	const bad = join(d.machine.home, 'bad.handoff');
	await d.qd('handoff', 'offer', 'INC-1', 'fay');
	await d.qd('handoff', 'export', 'INC-1', good);
	writeFileSync(bad, 'rubbish');
	const release = await late(d, 'OpenHandoff', true);
	await d.keys.press('Control+k');
	await d.keys.note('handoff file');
	const sheet = await d.sheet('A handoff file from another machine');
	await d.page.setInputFiles('#handed', good);
	await until('the first is looked at', () => release.asked() === 1);
	await d.page.setInputFiles('#handed', bad);
	await sheet.getByRole('alert').waitFor();
	const answered = d.page.waitForResponse('**/api/OpenHandoff');
	release();
	await answered;
	assert.equal(await sheet.getByText('bring it in').count(), 0);
	await sheet.getByRole('alert').filter({ hasText: 'bad.handoff' }).waitFor();
});
