// Typing is a note, wherever the focus is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

const words = 'restarting node 4 now';

const places = {
	'in the log line': async () => undefined,
	'on a row of the timeline': async (d) => {
		await d.walk('F6', '#timeline');
		await d.keys.press('ArrowUp');
		await d.page.waitForFunction(() => document.activeElement?.matches('[data-row]'));
	},
	'on an item of the checklist': (d) => d.walk('F6', 'section[aria-label="Checklist"] li button'),
	'on an annunciator': (d) => d.walk('F6', 'nav[aria-label="Annunciators"] button'),
	'on a role': (d) => d.walk('F6', 'section[aria-label="Roles"] button'),
	'on the button of a toast': async (d) => {
		await d.keys.press('Control+Shift+s');
		await d.page.locator('.toast button').waitFor();
		await d.walk('Tab', '.toast button');
	},
	'on a field of the situation that has been closed': async (d) => {
		await d.walk('F6', '.situation');
		await d.keys.press('Enter');
		await d.page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Impact');
		await d.keys.press('Escape');
	},
	'after a sheet has been closed': async (d) => {
		await d.keys.press('Control+u');
		await d.sheet(/^Update/);
		await d.keys.press('Escape');
		await d.page.waitForFunction(() => !document.querySelector('dialog[open]'));
	},
	'after an alarm has rung': async (d) => {
		await d.machine.move('advance 16m');
		await d.page.getByRole('alert').filter({ hasText: 'Customers' }).waitFor({ state: 'attached' });
	},
	'nowhere at all': (d) => d.page.evaluate(() => document.activeElement?.blur()),
};

test('the same words from ten places are ten notes and nothing else', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	const before = (await d.timeline()).length;
	let n = 0;
	for (const [name, go] of Object.entries(places)) {
		await t.test(name, async () => {
			await go(d);
			const keys = d.keys.since();
			await d.keys.note(words);
			n++;
			await d.recorded(`note ${n}`, (r) => r.kind === 'note.added' && r.text === words, n);
			assert.equal(keys(), 1, 'Enter alone');
			assert.equal(await d.line(), '');
		});
	}
	const rows = await d.timeline();
	assert.equal(rows.filter((r) => r.kind === 'note.added' && r.text === words).length, n);
	assert.equal(rows.length, before + n, `nothing else was recorded: ${rows.slice(before).map((r) => `${r.kind} ${r.text}`).join(', ')}`);
});

test('a character that AltGr makes is typed and no chord', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.page.evaluate(() => document.activeElement?.blur());
	await d.keys.note('Grüße an @dee: {ok} € «ja» – 10 %');
	await d.recorded('the action', (r) => r.kind === 'note.added' && r.text === 'Grüße an @dee: {ok} € «ja» – 10 %');
});
