// Playbooks, what must hold for a time, temporary measures, and incidents that go on in others: by the keyboard alone.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

const checklist = (d) => d.page.getByRole('region', { name: 'Checklist' });
const situation = (d) => d.page.locator('.situation');

/** search is an incident for the service search, under way. */
const search = async (m) => {
	await m.qd('declare', '--title', 'Search is slow', '--severity', 'SEV2', '--service', 'search');
	await m.qd('phase', 'INC-1', 'mitigate');
};

/** ours is a folder with a kit in which search has a playbook of its own, worked through and approved. */
async function ours(m) {
	const kit = join(m.home, 'kit');
	await m.qd('kit', 'init', kit);
	mkdirSync(join(kit, 'playbooks'), { recursive: true });
	writeFileSync(join(kit, 'playbooks', 'search.md'), '---\nservice: search\nowner: Search team\nverified-on: 2026-10-01\nexpires: 2099-01-01\napproved-by: Platform team\n---\n# Bring search back\n\n1. Take a node out\n   One only.\n2. Clear its cache\n3. Put it back\n');
	await m.qd('config', 'set', 'kit', kit);
	return kit;
}

test('a playbook for the service is first, its steps are copied, and they keep their place', async (t) => {
	const d = await sit(t, { before: async (m) => (await ours(m), await search(m)) });
	await d.page.getByRole('navigation', { name: 'Playbooks' }).getByRole('button', { name: 'Bring search back' }).waitFor();
	await both(d, 'the list with a playbook beside it');
	let keys = d.keys.since();
	await d.keys.press('Control+Shift+p');
	const sheet = await d.sheet('Playbooks');
	const first = sheet.getByRole('option').first();
	assert.match(await first.innerText(), /Bring search back[\s\S]*3 steps · for search · Search team$/);
	assert.match(await sheet.getByRole('option').nth(1).innerText(), /Careful: nobody has worked through it yet/);
	await both(d, 'playbooks');
	await d.keys.press('Enter');
	await d.closed();
	assert.ok(keys() <= 2, `${keys()} keys to start a playbook`);
	await checklist(d).getByRole('heading', { name: /^Bring search back – read, then do – 0 of 3/ }).waitFor();

	await d.keys.press('Control+d');
	await d.page.waitForFunction(() => document.activeElement?.closest('li')?.textContent.includes('Take a node out'));
	await d.keys.note('node 7');
	await d.closed();
	await until('the step is done', async () => (await d.show()).playbooks[0].steps[0].word === 'node 7');

	// Other work comes between; the list is found again at its second step.
	await d.keys.note('an executive asks how long');
	await d.qd('phase', 'INC-1', 'verify');
	await checklist(d).getByText(/1 interrupted/).waitFor();
	await d.keys.press('Control+Shift+d'); // back to the phase's list
	await checklist(d).getByRole('heading', { name: /^Verify/ }).waitFor();
	await d.keys.press('Escape');
	keys = d.keys.since();
	await d.keys.press('Control+Shift+d');
	await d.page.waitForFunction(() => document.activeElement?.closest('li')?.textContent.includes('Clear its cache'));
	assert.ok(keys() <= 2, `${keys()} keys to go on`);
	await d.keys.press('Escape');
	await d.closed();

	// The palette knows it, too.
	await d.keys.press('Control+k');
	await d.keys.type('certificate');
	await d.keys.press('Enter');
	await until('another one', async () => (await d.show()).playbooks.length === 2);
	await d.recorded('its care is kept', (r) => /Playbook started: A certificate or a key has expired.*with care/s.test(r.text));
});

test('what must hold for a time starts anew on a dip, and having held meets it', async (t) => {
	const d = await sit(t, { clock: true, before: search });
	for (const c of ['user-path', 'backlog', 'data', 'temporary', 'last-posts']) await d.qd('exit', 'INC-1', c, 'met', '--reason', 'seen');
	await d.keys.press('Control+Shift+m');
	const gate = await d.sheet('Move the phase');
	await d.chooses(gate, 'Resolved');
	await d.page.waitForFunction(() => document.activeElement?.id === 'exit-measures');
	await d.keys.press('Alt+n');
	await gate.getByText(/holds since .*15 of 15 min to go/).waitFor();
	await both(d, 'the gate with a time that runs');
	await d.keys.press('Enter');
	await gate.getByRole('alert').getByText(/must hold for 15 min/).waitFor();
	await d.keys.press('Escape');
	await d.closed();

	await d.machine.advance(10 * 60_000);
	await d.keys.note('/dip 5xx at 3 %');
	await situation(d).getByText(/15 of 15 min to go, 1 dip/).waitFor();
	await d.machine.advance(15 * 60_000 + 2_000);
	const keys = d.keys.since();
	await d.keys.press('Control+Shift+m');
	await d.chooses(gate, 'Resolved');
	await gate.getByText('Exit criteria – all must hold').waitFor();
	await d.keys.press('Control+Enter');
	await until('resolved', async () => (await d.show()).phase === 'resolved');
	assert.ok(keys() <= 15, `${keys()} keys`);
	const { criteria } = await d.show();
	assert.match(criteria.find((c) => c.id === 'measures').word, /^held since \d\d:\d\d, 15 min$/);
	assert.equal(criteria.find((c) => c.id === 'measures').state, 'met');
});

test('a temporary measure has an owner and a hard end that rings', async (t) => {
	const d = await sit(t, { clock: true, before: search });
	await d.keys.press('Control+k');
	await d.keys.type('temporary measure');
	await d.keys.press('Enter');
	const sheet = await d.sheet('A temporary measure');
	await d.keys.press('Control+Enter');
	await sheet.getByText(/nothing to write down/i).waitFor();
	await d.keys.type('writes to search are off');
	await d.keys.press('Tab', 'Control+a');
	await d.keys.type('ben');
	await d.keys.press('Tab', 'Control+a');
	await d.keys.type('1h');
	await both(d, 'a temporary measure');
	await d.keys.press('Control+Enter');
	await d.closed();
	await situation(d).getByRole('heading', { name: 'Temporary' }).waitFor();
	await d.machine.advance(60 * 60_000 + 5_000);
	await d.page.getByRole('button', { name: /Actions \d+ time up/ }).waitFor();
	await situation(d).getByText(/ended \d\d:\d\d ago/).waitFor();
	assert.equal((await d.show()).measures[0].owner, 'ben');
	const [m] = await d.qd('measure', 'list', 'INC-1');
	await d.qd('measure', 'end', m.id, '--result', 'writes are on again');
	await situation(d).getByRole('heading', { name: 'Temporary' }).waitFor({ state: 'detached' });
});

test('one incident goes on in another, and comes back with one key', async (t) => {
	const d = await sit(t, { before: search });
	await d.qd('declare', '--title', 'Nobody can pay');
	const keys = d.keys.since();
	await d.keys.press('Control+k');
	await d.keys.type('duplicate');
	await d.keys.press('Enter');
	const sheet = await d.sheet('Link INC-1 with another incident');
	await d.keys.type('pay');
	await d.keys.press('Alt+3');
	await sheet.getByText(/no figure counts it/).waitFor();
	await both(d, 'linking');
	await d.keys.press('Control+Enter');
	await d.closed();
	assert.ok(keys() <= 4, `${keys()} keys and the words`);
	await situation(d).getByText('Merged into INC-2, where it goes on: Nobody can pay').waitFor();
	assert.equal((await d.show()).into, 'INC-2');
	assert.deepEqual((await d.show()).promises, []);
	assert.deepEqual((await d.qd('show', 'INC-2')).links.map((l) => l.how), ['home']);

	await d.keys.press('Control+z');
	await until('taken back', async () => (await d.show()).into === '');
	await until('on both sides', async () => (await d.qd('show', 'INC-2')).links.length === 0);
	assert.ok((await d.show()).promises.length > 0, 'its promises run again');
});

test('the questions are weighed in pairs, alone, and what contradicts itself is refused', async (t) => {
	let kit = '';
	const d = await sit(t, { before: async (m) => ((kit = await ours(m)), await search(m)) });
	const open = async () => {
		await d.keys.press('Control+k');
		await d.keys.type('what weighs more');
		await d.keys.press('Enter');
		const sheet = await d.sheet('What weighs more?');
		await d.page.waitForFunction(() => document.activeElement?.id === 'pair-0');
		return sheet;
	};
	const sheet = await open();
	await sheet.getByText('10 of 10 to answer').waitFor();
	for (let i = 0; i < 10; i++) {
		await d.page.waitForFunction((pair) => document.activeElement?.id === pair, `pair-${i}`);
		await d.keys.press(i === 3 ? '9' : '1', 'Enter');
	}
	await sheet.getByText(/contradict each other too much/).waitFor();
	await sheet.getByText('9 times – look again', { exact: true }).waitFor();
	await both(d, 'weighing');
	await d.keys.press('Control+Enter');
	await sheet.getByRole('alert').getByText(/0\.10|below/).waitFor();
	for (let i = 0; i < 10 && (await d.focus()) !== 'pair-3'; i++) await d.keys.press('ArrowUp');
	if ((await d.focus()) !== 'pair-3') await d.walk('Tab', '#pair-3');
	await d.keys.press('1');
	await sheet.getByText(/consistency ratio 0\.000/).waitFor();
	await d.keys.press('Control+Enter');
	await sheet.getByText(/Answers of ana; together/).waitFor();
	const weighed = await d.qd('kit', 'weigh', kit);
	assert.deepEqual(weighed.judges.map((j) => j.name), ['ana'], 'the answers that came with the kit count no more');
	assert.ok(weighed.weights.every((w) => Math.abs(w.weight - 0.2) < 1e-9));
	await d.keys.press('Escape');
	await d.closed();
});

for (const theme of ['light', 'night'])
	test(`playbooks, links, weighing in ${theme}, small`, async (t) => {
		const d = await sit(t, { size: { width: 1024, height: 700 }, before: async (m) => (await ours(m), await m.qd('config', 'set', 'theme', theme), await search(m)) });
		for (const [words, name] of [
			['start a playbook', 'Playbooks'],
			['duplicate', /^Link INC-1/],
			['temporary measure', 'A temporary measure'],
			['what weighs more', 'What weighs more?'],
		]) {
			await d.keys.press('Control+k');
			await d.keys.type(words);
			await d.keys.press('Enter');
			await d.sheet(name);
			if (name === 'What weighs more?') await d.page.waitForFunction(() => document.activeElement?.id === 'pair-0');
			await both(d, `${theme} ${name}`);
			if (process.env.LOOK) await d.page.screenshot({ path: join(process.env.LOOK, `${String(name).replace(/\W+/g, '-')}-${theme}.png`) });
			await d.keys.press('Escape');
			await d.closed();
		}
	});
