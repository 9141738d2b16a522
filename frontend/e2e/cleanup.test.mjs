// After "resolved": the clean-up to the day on which the incident is closed, by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

test('the board is emptied by keyboard, a follow-up gets its terms, and the incident closes', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.qd('phase', 'resolved', '--reason', 'it works again');
	await d.keys.press('Control+8');
	await d.page.getByRole('heading', { name: /^Clean-up of / }).waitFor();
	await d.sees('The impact is judged');

	await d.keys.press('Alt+f');
	await d.in('What is to be done');
	await d.keys.type('alert on failed payments');
	await d.page.getByLabel('Owner').focus();
	await d.keys.note('ben');
	await d.recorded('the follow-up', (r) => r.kind === 'followup.added' && r.text === 'alert on failed payments');
	await d.sees('Detect · ben · shown by: The alert fired in a test');

	await d.keys.press('Alt+i');
	await d.in('Who was hurt, and how many');
	await d.keys.type('about 2,300 people');
	await d.keys.note('');
	await d.recorded('the impact', (r) => r.kind === 'impact.judged' && r.text.includes('2,300'));

	await d.keys.press('Alt+r');
	await d.in('Who sees to it');
	await d.page.getByLabel(/^When/).fill('2099-01-01 10:00');
	await d.keys.note('');
	await d.sees('a year ahead');
	await d.keys.press('Escape');

	const leaving = d.page.getByRole('button', { name: /^Leave it: / });
	let left = await leaving.count();
	assert.ok(left > 3);
	while (left > 0) {
		await leaving.first().focus();
		await d.keys.press('Enter');
		await d.in('Why it may be left');
		await d.keys.note('a test');
		await d.page.waitForFunction((n) => document.querySelectorAll('button[aria-label^="Leave it"]').length < n, left);
		left = await leaving.count();
	}
	await d.sees('Nothing is left: it can be closed');
	await d.keys.press('Control+Enter');
	await d.recorded('the end', (r) => r.kind === 'phase.moved' && r.text.includes('Closed'));
});

test('a year is reckoned, typed over and saved', async (t) => {
	const d = await sit(t);
	await d.keys.press('Control+9');
	await d.page.getByRole('heading', { name: 'What incidents take in a year' }).waitFor();
	await d.sees('published guess');
	await d.keys.press('Alt+i');
	await d.page.keyboard.press('Control+A');
	await d.keys.type('10');
	await d.sees('1,200.00'); // an hour and a half at 80 an hour, ten times
	await d.page.getByLabel('Making the change: people').focus();
	await d.page.keyboard.press('Control+A');
	await d.keys.type('3');
	await d.keys.press('Tab');
	await d.sees('yours');
	const coming = d.page.waitForEvent('download');
	await d.keys.press('Alt+x');
	assert.equal((await coming).suggestedFilename(), 'incidents-a-year.csv');
	const paper = d.page.waitForEvent('download');
	await d.keys.press('Alt+f');
	assert.equal((await paper).suggestedFilename(), 'incidents-a-year.pdf');
});

test('the next morning the page asks once what it took, in a tap a question, and says what is unfinished', async (t) => {
	const d = await sit(t, { name: 'ana', clock: true });
	await d.declared();
	await d.machine.advance(30 * 60_000);
	await d.qd('phase', 'resolved', '--reason', 'it works again');
	await d.keys.press('Control+o');
	await d.page.getByRole('heading', { name: 'Unfinished' }).waitFor();
	assert.equal(await d.page.getByRole('heading', { name: /took you/ }).count(), 0, 'not on the same day');

	await d.machine.advance(24 * 3_600_000);
	await d.page.reload();
	await d.page.getByRole('heading', { name: 'What INC-1 took you' }).waitFor();
	await d.page.getByRole('button', { name: 'Not now' }).focus();
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: /took you/ }).waitFor({ state: 'detached' });
	await d.page.reload();
	await d.page.getByRole('heading', { name: 'Unfinished' }).waitFor();
	assert.equal(await d.page.getByRole('heading', { name: /took you/ }).count(), 0, 'not now is for the day');
	await d.machine.advance(24 * 3_600_000);
	await d.page.reload();
	await d.page.getByRole('heading', { name: 'What INC-1 took you' }).waitFor();
	const taps = d.page.locator('section[aria-labelledby="mine"] .blank');
	const asked = await taps.count();
	assert.ok(asked > 0 && asked <= 5, `${asked} questions`);
	const pressed = d.keys.since();
	await d.walk('F6', 'section[aria-labelledby="mine"]');
	for (let left = asked; left > 0; left--) {
		await d.page.waitForFunction(() => document.activeElement?.closest('section[aria-labelledby="mine"] .blank'));
		await d.keys.press('Enter');
		await d.page.waitForFunction((n) => document.querySelectorAll('section[aria-labelledby="mine"] .blank').length === n - 1, left);
	}
	await d.recorded('the answers', (r) => r.kind === 'effort.answered');
	assert.equal(await d.page.getByRole('heading', { name: /took you/ }).count(), 0);
	assert.ok(pressed() <= 10, `${pressed()} keys, where a whole morning has 25`);

	await d.page.getByRole('button', { name: /^INC-1 \d+ parts? of the clean-up/ }).focus();
	await d.keys.press('Enter');
	await d.page.getByRole('heading', { name: 'Clean-up of INC-1' }).waitFor();
	await d.keys.press('Control+7');
	await d.sees('asked');
});
