// Looking back: the retrospective written, marked, linked and saved by keyboard, also once the incident is closed, and
// the cockpit as it was.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

/** run writes an incident with a decision and a gap. */
async function run(m) {
	await m.qd('declare', '--title', 'Checkout fails', '--severity', 'SEV2', '--declared-at', ago(60));
	await m.qd('note', '--at', ago(58), 'First 504 in the log of the gateway');
	await m.qd('note', '--kind', 'decision', '--at', ago(30), '--basis', 'errors began then', 'Roll back');
}

async function saved(d, chord) {
	const coming = d.page.waitForEvent('download');
	await d.keys.press(chord);
	const download = await coming;
	const path = join(d.machine.home, download.suggestedFilename());
	await download.saveAs(path);
	return readFile(path);
}

test('the retrospective by keyboard', async (t) => {
	const d = await sit(t, { before: run });
	await d.keys.press('Control+5');
	await d.page.getByRole('heading', { name: 'Retrospective INC-1' }).waitFor();
	await both(d, 'retrospective, empty');
	assert.match(await d.page.getByRole('list', { name: 'Moments' }).innerText(), /28 min .*of which nothing is written/);

	// A moment is chosen, marked, asked about and answered.
	await d.walk('F6', '[aria-label="Moments"]');
	await d.keys.press('End');
	await d.page.getByRole('heading', { name: /^Moment / }).waitFor();
	await d.keys.press('Alt+1');
	await d.sees('+ helped');
	await d.keys.press('Alt+q');
	await d.keys.press('Tab');
	await d.keys.press('Enter');
	await d.sees('1 question, 1 open');

	// A section is written, with a link to the moment, and its words are thought about.
	const text = d.page.getByRole('textbox', { name: /How our|In short/ }).first();
	await text.focus();
	await d.page.keyboard.type('The root cause was a change. ');
	await d.keys.press('Alt+i');
	await d.page.getByRole('heading', { name: 'Wording' }).waitFor();
	await d.sees('Which conditions came together?');
	await d.keys.press('Control+s');
	await d.page.waitForFunction(() => /ana/.test(document.querySelector('section[aria-labelledby="retro-short"] [role=status]')?.textContent ?? ''));
	assert.match(await text.inputValue(), /root cause was a change\. \[\d\d:\d\d .*Roll back.*\]\(#[0-9a-f]{12}\)/);

	// Two conditions, one led to the other.
	await d.keys.press('Alt+c');
	await d.keys.note('No alert on errors');
	await d.page.getByRole('textbox', { name: 'Condition 1' }).waitFor();
	await d.keys.note('Seen late');
	await d.page.getByRole('textbox', { name: 'Condition 2' }).waitFor();
	await d.page.getByRole('combobox', { name: 'Condition 1 led to' }).selectOption({ index: 1 });
	await d.page.getByRole('button', { name: '1 did not lead to 2' }).waitFor();
	await d.page.getByRole('img', { name: /1 led to 2; 2 led to no other/ }).waitFor();
	await both(d, 'retrospective, written');
	await d.page.setViewportSize({ width: 1024, height: 700 });
	await both(d, 'retrospective, written, small');
	await d.page.setViewportSize({ width: 1440, height: 900 });

	const md = String(await saved(d, 'Alt+m'));
	for (const want of ['# Retrospective: INC-1 Checkout fails', 'The root cause was a change', 'No alert on errors', '+ helped']) assert.ok(md.includes(want), want);
	assert.match(String(await saved(d, 'Alt+h')), /^<!doctype html>/);
	assert.match((await saved(d, 'Alt+p')).toString('latin1', 0, 8), /^%PDF-1\./);

	// What was being written is there after a reload, and is no record yet.
	const hard = d.page.getByRole('textbox', { name: /What was hard/ });
	await hard.focus();
	await d.page.keyboard.type('half a tho');
	await d.page.waitForTimeout(600);
	await d.page.reload();
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	await d.keys.press('Control+5');
	await d.page.waitForFunction(() => [...document.querySelectorAll('textarea')].some((x) => x.value === 'half a tho'));
});

test('what somebody else wrote meanwhile is shown beside it, and nothing is lost', async (t) => {
	const d = await sit(t, { before: run });
	await d.keys.press('Control+5');
	const text = d.page.getByRole('textbox', { name: /In short/ });
	await text.focus();
	await d.page.keyboard.type('mine');
	await d.qd('write', 'short', 'theirs');
	await d.sees('Somebody has written here meanwhile');
	await d.page.getByRole('button', { name: 'Put theirs before mine' }).focus();
	await d.keys.press('Enter');
	await d.page.waitForFunction(() => document.querySelector('[data-section=short]')?.value === 'theirs\n\nmine');
});

test('the cockpit as it was, walked along by keyboard, changes nothing', async (t) => {
	const d = await sit(t, { before: run });
	const before = (await d.timeline()).length;
	await d.keys.press('Control+5');
	await d.walk('F6', '[aria-label="Moments"]');
	await d.keys.press('Alt+t');
	const slider = d.page.getByRole('slider', { name: 'Time' });
	await slider.waitFor();
	await d.page.getByRole('list', { name: 'Log as it stood' }).waitFor();
	await both(d, 'as it was');
	await d.keys.press('Home');
	assert.match(await slider.getAttribute('aria-valuetext'), /, 1 of \d+: /);
	assert.doesNotMatch(await d.page.getByRole('list', { name: 'Log as it stood' }).innerText(), /Roll back/);
	await d.keys.press('ArrowDown');
	assert.match(await slider.getAttribute('aria-valuetext'), /Roll back/);
	await d.page.getByRole('list', { name: 'Log as it stood' }).getByText('Roll back').waitFor();
	await d.keys.press('ArrowLeft');
	assert.doesNotMatch(await slider.getAttribute('aria-valuetext'), /Roll back/);
	await d.page.keyboard.type('typed into nothing');
	await d.keys.press('Escape');
	await d.page.getByRole('heading', { name: 'Retrospective INC-1' }).waitFor();
	assert.equal((await d.timeline()).length, before);
});
