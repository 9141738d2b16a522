// Alarms: few, one at a time, acknowledged without being hidden, and never in the way of who types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const cells = (d) => d.page.getByRole('navigation', { name: 'Annunciators' });
const cell = (d, name) => cells(d).getByRole('button', { name });
const fills = (d, look) => cells(d).locator(`button.${look}:not(.silenced)`).count();

/** calm is an incident whose severity is judged and whose roles are held. */
async function calm(d) {
	await d.declared();
	await d.qd('severity', 'INC-1', 'SEV2');
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	await d.qd('role', 'assign', 'INC-1', 'communications', 'dee');
}

/** tones counts what the page sounds, instead of sounding it. */
async function tones(d) {
	await d.page.evaluate(() => {
		window.tones = [];
		const start = OscillatorNode.prototype.start;
		OscillatorNode.prototype.start = function (at) {
			window.tones.push({ pitch: this.frequency.value, at });
			return start.call(this, at);
		};
	});
	return () => d.page.evaluate(() => window.tones);
}

test('four actions end at once: one amber cell, one tone, a list; one key acknowledges', async (t) => {
	const d = await sit(t, { clock: true });
	await calm(d);
	const heard = await tones(d);
	for (const line of ['@ben roll back 5m', '@chi trace the timeouts 5m', '@eli ask the vendor 5m', '@fay count refunds 5m']) await d.keys.note(line);
	await until('four actions', async () => (await d.show()).actions.length === 4);
	await d.keys.type('half a sen');
	await d.machine.move('advance 5m10s');
	await cell(d, /Due 4 things due/).waitFor();
	assert.equal(await fills(d, 'caution'), 1, 'one cell is amber');
	const at = (await heard()).map((n) => n.at).sort((a, b) => a - b);
	assert.equal(at.length, 1, `one soft tone, not ${at.length}`);
	assert.equal(await d.focus(), 'line', 'the focus did not move');
	await d.keys.note('tence');
	await d.recorded('the note', (r) => r.text === 'half a sentence');

	const keys = d.keys.since();
	await d.keys.press('Control+Shift+j');
	const sheet = await d.sheet('What is due');
	assert.equal(await sheet.getByRole('button', { name: /its time ended/ }).count(), 4);
	await d.keys.press('Control+Enter');
	await until('they are outlined', async () => (await sheet.locator('button.outlined').count()) === 4);
	await d.keys.press('Escape');
	await d.closed();
	assert.equal(keys(), 3);
	assert.equal(await fills(d, 'caution'), 0, 'acknowledged, the cell keeps its frame only');
	assert.equal(await cells(d).locator('button.caution.silenced').count(), 1);
	assert.equal(await d.page.locator('.situation button.caution.outlined').count(), 4, 'and so do the rows');
});

test('a late update: acknowledging silences and hides nothing; silence shows its minutes and ends', async (t) => {
	const d = await sit(t, { clock: true });
	await calm(d);
	await d.machine.move('advance 16m');
	await cell(d, /Customers/).and(d.page.locator('.warning')).waitFor();
	await d.keys.press('Control+Shift+a');
	await d.sees(/Acknowledged: /);
	assert.equal(await cells(d).locator('button.warning').count(), 1, 'it stays red');
	await d.keys.press('Control+Shift+s');
	await cell(d, /Link silent 10 min/).waitFor();
	await d.machine.move('advance 4m');
	await cell(d, /Link silent 6 min/).waitFor();
	await d.machine.move('advance 7m');
	await until('the sounds are back', async () => (await cell(d, /Link silent/).count()) === 0);
});

test('with two incidents the worse of both is shown with its name, and one key goes there', async (t) => {
	const d = await sit(t, { clock: true });
	await calm(d);
	await d.qd('declare', '--title', 'Search is slow', '--severity', 'SEV4');
	await d.page.getByRole('button', { name: /2 live/ }).waitFor();
	await d.keys.press('Alt+PageDown');
	await d.page.getByRole('heading', { name: /^INC-2 / }).waitFor();
	await d.machine.move('advance 16m');
	await cell(d, /INC-1 Customers/).waitFor();
	assert.match(await cell(d, /INC-1 Customers/).getAttribute('class'), /warning/);
	await d.keys.note('typed into the second');
	await d.keys.press('Alt+PageDown');
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	assert.equal(await cell(d, /INC-1 /).count(), 0, 'its own cells need no name');
	const rows = await d.qd('timeline', 'INC-2');
	assert.ok(rows.some((r) => r.text === 'typed into the second'));
});

test('how much it alarmed is shown once it is over', async (t) => {
	const d = await sit(t, { clock: true });
	await calm(d);
	await d.machine.move('advance 16m');
	await cell(d, /Customers/).and(d.page.locator('.warning')).waitFor();
	await d.keys.note('/phase resolved a test');
	const region = d.page.getByRole('region', { name: 'Alarms' });
	await region.waitFor();
	assert.match(await region.innerText(), /\d+ alarms? in \d+ minutes/);
	assert.match(await region.innerText(), /at least 80 %/);
	const kept = (await d.show()).alarms;
	assert.ok(kept.total > 0 && kept.warning >= 1 && kept.targets.advisory_percent_at_least === 80, JSON.stringify(kept));
});

test('taken back by one key, done again by another, and each says what', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+e');
	await d.sheet(/Assess|How bad/);
	await d.keys.press('Escape');
	await d.closed();
	await d.qd('severity', 'INC-1', 'SEV2', '--as', 'ana');
	await d.qd('severity', 'INC-1', 'SEV1', '--as', 'ana');
	await d.page.getByRole('button', { name: /SEV1/ }).first().waitFor();
	await d.keys.press('Control+z');
	await d.sees('Severity back to SEV2 · Ctrl Shift Z');
	await until('it is', async () => (await d.show()).severity === 'SEV2');
	await d.keys.press('Control+Shift+z');
	await d.sees('Severity again SEV1 · Ctrl Z');
	await d.keys.note('a slip of the keys');
	await d.recorded('it', (r) => r.text === 'a slip of the keys');
	await d.keys.press('Control+z');
	await d.page.locator('[data-row]').filter({ hasText: 'a slip of the keys' }).waitFor({ state: 'detached' });
	assert.ok((await d.timeline()).some((r) => r.text === 'a slip of the keys' && r.undone), 'it stays in the record');
});

test('words are removed for good from a row, with a reason', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('the password is swordfish-4711');
	await d.recorded('it', (r) => /swordfish/.test(r.text));
	await d.walk('F6', '#timeline');
	await d.keys.press('End');
	await d.page.waitForFunction(() => document.activeElement?.dataset.row);
	await d.keys.press('Enter');
	await d.in('Words');
	await d.keys.press('Alt+x');
	await d.in('Why its words go');
	await d.keys.note('a password');
	await d.page.getByText('(redacted: a password)').waitFor();
	assert.ok(!JSON.stringify(await d.timeline()).includes('swordfish'));
	assert.equal((await d.qd('verify')).ok, true);
	assert.equal((await d.qd('search', 'swordfish')).length, 0);
});
