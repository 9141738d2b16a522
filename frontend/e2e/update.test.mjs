// Updates: what is previewed is what is copied and recorded, and each promises the next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const minute = 60_000;
const told = (inc, id) => inc.audiences.find((a) => a.audience === id) ?? { told: 0 };
const due = (inc, id) => Date.parse(inc.promises.find((p) => p.audience === id)?.due ?? 0);

/** drafted waits until the sheet shows a draft and answers with its preview. */
function drafted(d, name) {
	const pre = d.page.getByRole('dialog', { name: `Update for ${name}` }).locator('pre');
	return until(`a draft for ${name}`, async () => (await pre.count()) > 0 && (await pre.textContent()));
}

test('a due update by hand takes two keys', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.machine.move('advance 13m');
	await d.page.getByRole('button', { name: /Customers.*update due/ }).filter({ hasText: /due in 0[12]:/ }).waitFor();
	const keys = d.keys.since();
	await d.keys.press('Control+u');
	const preview = await drafted(d, 'Customers');
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal(keys(), 2);
	const inc = await d.show();
	const got = told(inc, 'customers');
	assert.equal(got.told, 1);
	assert.equal(got.text, preview, 'recorded as previewed');
	assert.equal(await d.clipboard(), preview, 'copied as previewed');
	assert.match(preview, /Next update by/);
	assert.doesNotMatch(preview, /this is late/);
	assert.equal(inc.audiences.filter((a) => a.told > 0).length, 1, 'nobody else was told');
	const ahead = (due(inc, 'customers') - Date.parse(got.at)) / minute;
	assert.ok(ahead >= 29 && ahead <= 31, `the next one in ${ahead} minutes`);
	assert.match(preview, new RegExp(`Next update by ${new Date(due(inc, 'customers')).toISOString().slice(11, 16)} UTC`));
});

test('what comes late says so', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.keys.press('Control+u');
	await drafted(d, 'Customers');
	await d.keys.press('Control+Enter');
	await d.closed();
	const promised = new Date(due(await d.show(), 'customers')).toISOString().slice(11, 16);
	await d.machine.move('advance 45m');
	await d.page.getByRole('alert').filter({ hasText: 'Customers' }).waitFor({ state: 'attached' });
	await until('the title carries the alarm', async () => (await d.page.title()).includes('late'));
	await d.keys.press('Control+u', 'Alt+4');
	const preview = await drafted(d, 'Customers');
	assert.ok(preview.includes(`We said ${promised} UTC; this is late`), preview);
	await d.keys.press('Control+Enter');
	await until('told again', async () => told(await d.show(), 'customers').told === 2);
	assert.equal(told(await d.show(), 'customers').text, preview);
});

test('words changed by hand are what is previewed, kept, copied and recorded', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+u');
	await drafted(d, 'Customers');
	const words = 'Card payments fail <b>in the EU</b> & «nowhere» else; wallets work.';
	await d.keys.press('Control+a');
	await d.keys.type(words);
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.press('Control+u');
	await until('the words are back', async () => (await drafted(d, 'Customers')) === words);
	await d.keys.press('Alt+c');
	await until('copied only', async () => (await d.clipboard()) === words);
	assert.equal(told(await d.show(), 'customers').told, 0, 'copying alone records nothing');
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.equal(told(await d.show(), 'customers').text, words);
	await d.keys.press('Control+u', 'Alt+4');
	assert.notEqual(await drafted(d, 'Customers'), words, 'the draft went with the update');
});

test('what was typed for one audience stays when the draft for another comes late', async (t) => {
	const d = await sit(t);
	await d.declared();
	let release;
	let held = new Promise((go) => (release = go));
	await d.page.route('**/api/Draft', async (r) => {
		const first = held;
		held = null; // only the first one is late
		await first;
		await r.continue().catch(() => undefined); // the test has ended, and its page is gone
	});
	await d.keys.press('Control+u', 'Alt+3');
	await drafted(d, 'Leadership');
	await d.keys.press('Alt+n', 'Control+a');
	await d.keys.type('4');
	const late = d.page.waitForResponse('**/api/Preview*');
	release();
	await late;
	await d.keys.type('5m');
	await d.keys.press('Control+Enter');
	await d.closed();
	const inc = await d.show();
	const ahead = (due(inc, 'leadership') - Date.parse(told(inc, 'leadership').at)) / minute;
	assert.ok(ahead >= 44 && ahead <= 46, `promised in ${ahead} minutes`);
});

test('an update waits for the words of the time that was just typed', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+u', 'Alt+3');
	await drafted(d, 'Leadership');
	let release;
	const held = new Promise((go) => (release = go));
	await d.page.route('**/api/Draft', async (r) => {
		await held;
		await r.continue().catch(() => undefined); // the test has ended, and its page is gone
	});
	await d.keys.press('Alt+n', 'Control+a');
	await d.keys.type('45m');
	await d.keys.press('Control+Enter');
	release();
	await d.closed();
	const got = told(await d.show(), 'leadership');
	const [, hour, min] = /Next update by (\d\d):(\d\d)/.exec(got.text);
	const at = new Date(due(await d.show(), 'leadership'));
	assert.equal(Number(min), at.getMinutes(), `${hour}:${min} in the words, ${at} in the record`);
});

test('sent by other means, still working, another time, no text', async (t) => {
	const d = await sit(t);
	await d.declared();
	const keys = d.keys.since();
	await d.keys.press('Control+u', 'Alt+2');
	await drafted(d, 'Support');
	await d.keys.press('Alt+m');
	await d.page.waitForFunction(() => document.activeElement?.id === 'how');
	await d.keys.note('phone');
	await d.closed();
	assert.ok(keys() <= 4, `${keys()} chords`);
	await d.recorded('by phone', (r) => r.kind === 'delivery.confirmed' || /phone/.test(r.text));
	assert.equal(told(await d.show(), 'support').told, 1);

	const before = due(await d.show(), 'responders');
	await d.keys.press('Control+u', 'Alt+1');
	await drafted(d, 'Responders');
	await d.keys.press('Alt+w');
	await d.closed();
	assert.equal(told(await d.show(), 'responders').told, 0, 'no news is no update');
	const after = due(await d.show(), 'responders');
	assert.ok(after >= before && after - before < 3 * minute, 'the interval from now');

	await d.keys.press('Control+u', 'Alt+3');
	await drafted(d, 'Leadership');
	await d.keys.press('Alt+n', 'Control+a');
	await d.keys.type('45m');
	await d.keys.press('Control+Enter');
	await d.closed();
	const inc = await d.show();
	const ahead = (due(inc, 'leadership') - Date.parse(told(inc, 'leadership').at)) / minute;
	assert.ok(ahead >= 44 && ahead <= 46, `promised in ${ahead} minutes`);

	await d.keys.press('Control+u', 'Alt+4');
	await drafted(d, 'Customers');
	await d.keys.press('Control+a', 'Backspace', 'Control+Enter');
	await d.page.getByRole('dialog').getByRole('alert').waitFor();
	assert.equal(told(await d.show(), 'customers').told, 0);
	await d.keys.press('Escape');
	await d.closed();
});
