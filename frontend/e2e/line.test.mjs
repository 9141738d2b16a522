// The log line: its grammar, correcting, undoing, who speaks, drafts, and whatever is pasted into it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const reading = (d) => d.page.locator('#reading');

const twentyAgo = new Date(Date.now() - 20 * 60_000).toISOString().slice(11, 16);
const forms = [
	{ typed: 'error rate 38 % and growing', chip: /^note$/, kind: 'note.added', text: 'error rate 38 % and growing' },
	{ typed: '!roll back 8842 because errors began after it but we lose the tax rule', chip: /DECISION · because errors began after it · but we lose the tax rule/, kind: 'decision.made', text: /roll back 8842/ },
	{ typed: '@ben restart the gateway 15m', chip: /ACTION · ben · 15 min/, kind: 'action.opened', text: /restart the gateway/ },
	{ typed: '@chi look at the replica', chip: /ACTION · chi · 10 min/, kind: 'action.opened', text: /look at the replica/ },
	{ typed: '?are refunds affected', chip: /^QUESTION$/, kind: 'question.asked', text: 'are refunds affected' },
	{ typed: '+alert on pool use', chip: /^FOLLOW-UP$/, kind: 'followup.added', text: 'alert on pool use' },
	{ typed: '-10m support called', chip: /^note · \d\d:\d\d/, kind: 'note.added', text: 'support called', ago: 10 },
	{ typed: `~${twentyAgo} first complaint`, chip: /^note · ~/, kind: 'note.added', text: 'first complaint', ago: 20 },
	{ typed: '\\!not a decision', chip: /^note$/, kind: 'note.added', text: '!not a decision' },
	{ typed: '/impact card payments fail in the EU', chip: /^COMMAND · impact card payments/, kind: 'situation.set', text: /card payments fail in the EU/ },
	{ typed: '/sev 1', chip: /^COMMAND · sev/, kind: 'severity.set', text: /SEV1/ },
	{ typed: '/phase investigate', chip: /^COMMAND · phase investigate/, kind: 'phase.moved', text: /investigate/i },
	{ typed: '/role scribe dee', chip: /^COMMAND · role scribe dee/, kind: 'role.assigned', text: /dee/ },
];

test('the chip says how each form will be read, and Enter does that', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	for (const f of forms) {
		const before = new Set((await d.timeline()).map((r) => r.id));
		await d.keys.type(f.typed);
		await until(`${f.typed} reads as ${f.chip}`, async () => f.chip.test(((await reading(d).innerText().catch(() => '')) ?? '').trim()));
		await d.keys.press('Enter');
		const fresh = await until(`${f.typed} is recorded`, async () => {
			const rows = (await d.timeline()).filter((r) => !before.has(r.id));
			return rows.length > 0 && rows;
		});
		const row = fresh.find((r) => r.kind === f.kind);
		assert.ok(row, `${f.typed} became ${fresh.map((r) => r.kind).join(', ')}`);
		if (f.text instanceof RegExp) assert.match(row.text, f.text);
		else assert.equal(row.text, f.text);
		if (f.ago) assert.ok(Math.abs(Date.parse(row.recorded_at) - Date.parse(row.at) - f.ago * 60_000) < 600_000, `${row.at} is not ${f.ago} minutes ago`);
		assert.equal(await d.line(), '', `the line is free after ${f.typed}`);
	}
});

test('what cannot be read is said before Enter, and stays in the line', async (t) => {
	const d = await sit(t);
	await d.declared();
	const before = (await d.timeline()).length;
	for (const [typed, said] of [
		['/phase nowhere', /phase/i],
		['/nonsense', /nonsense|command/i],
		['@ben', /action|do/i],
	]) {
		await d.keys.type(typed);
		await until(`${typed} is said to be wrong`, async () => said.test(await reading(d).innerText()));
		await d.keys.press('Enter');
		await d.page.locator('.toast.bad').first().waitFor();
		await until(`${typed} stays in the line`, async () => (await d.line()) === typed);
		await d.keys.press('Control+a', 'Backspace');
	}
	assert.equal((await d.timeline()).length, before);
});

test('arrow up corrects the last entry, Escape leaves it and brings the line back', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('eror rate 38 %');
	await d.recorded('the note', (r) => r.text === 'eror rate 38 %');
	await d.keys.press('ArrowUp');
	await d.sees(/correcting/);
	assert.equal(await d.line(), 'eror rate 38 %');
	await d.keys.press('Escape');
	assert.equal(await d.line(), '');
	await d.keys.press('ArrowUp', 'Home', 'ArrowRight');
	await d.keys.note('r');
	await d.recorded('the corrected note', (r) => r.kind === 'note.added' && r.text === 'error rate 38 %');
	assert.equal(await d.line(), '');
	await d.sees('corrected');
	assert.equal((await d.timeline()).filter((r) => r.kind === 'note.added').length, 1);
});

test('Ctrl+Z takes back the last act in an empty line, and is text undo in a full one', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('a slip');
	const [note] = await d.recorded('the note', (r) => r.text === 'a slip');
	await d.keys.type('words');
	await d.keys.press('Control+z');
	assert.notEqual(await d.line(), 'words');
	await d.keys.press('Control+a', 'Backspace');
	await d.page.waitForFunction(() => document.getElementById('line').value === '');
	await d.keys.press('Control+z');
	await d.sees('Taken back: a slip');
	await until('it is taken back', async () => (await d.timeline()).find((r) => r.id === note.id)?.undone);
	await d.keys.note('/sev 1');
	await until('SEV1', async () => (await d.show()).severity === 'SEV1');
	await d.page.getByText('SEV1').first().waitFor();
	await d.keys.press('Control+z');
	await until('SEV2 again', async () => (await d.show()).severity === 'SEV2');
});

test('/as lets somebody else speak', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('/as ben');
	await reading(d).getByText('as ben').waitFor();
	await d.keys.note('gateway restarted');
	const [said] = await d.recorded('the note of ben', (r) => r.text === 'gateway restarted');
	assert.equal(said.actor, 'ben');
	await d.keys.note('/as me');
	await d.keys.note('thank you');
	const [mine] = await d.recorded('my note', (r) => r.text === 'thank you');
	assert.equal(mine.actor, 'ana');
});

test('Tab completes a name, also a later one', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	await d.qd('role', 'assign', 'INC-1', 'communications', 'bea');
	await until('the page knows them', async () => /bea/.test(await d.page.locator('section[aria-label="Roles"]').innerText()));
	await d.keys.type('@b');
	await d.keys.press('Tab');
	const first = await d.line();
	await d.keys.press('Tab');
	assert.deepEqual(new Set([first, await d.line()]), new Set(['@ben ', '@bea ']));
	const name = (await d.line()).slice(1, 4);
	await d.keys.note('look at the queue 5m');
	await until('the action', async () => (await d.show()).actions.some((a) => a.owner === name && a.text === 'look at the queue'));
	assert.equal(await d.focus(), 'line');
});

test('Shift+Enter begins a new line of the same entry', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.type('first');
	await d.keys.press('Shift+Enter');
	await d.keys.note('second');
	await d.recorded('both lines', (r) => r.kind === 'note.added' && r.text === 'first\nsecond');
});

test('what was typed survives the death of the backend and a reload', async (t) => {
	const d = await sit(t);
	d.expected.push(/Failed to load resource|ERR_|EventSource/);
	await d.declared();
	await d.keys.type('half a sentence');
	const kept = d.page.waitForResponse((r) => r.url().endsWith('/api/Keep') && r.request().postData()?.includes('half a sentence'));
	await kept;
	await d.face.kill();
	await d.sees('Connection lost');
	d.face = await d.machine.face(d.face.port);
	await d.enter(d.face.link);
	await d.page.getByRole('heading', { name: /INC-1/ }).waitFor();
	await until('the draft', async () => (await d.line()) === 'half a sentence');
	await d.keys.note(' is whole');
	await d.recorded('the note', (r) => r.text === 'half a sentence is whole');
});

test('64 KiB are an entry; what is longer says that it becomes a file', async (t) => {
	const d = await sit(t);
	await d.declared();
	const paste = (text) => d.page.evaluate((x) => navigator.clipboard.writeText(x), text).then(() => d.keys.press('Control+v'));
	await paste('x€'.repeat(262_144));
	await reading(d).getByText(/Enter keeps it as a file, with its first line in the log/).waitFor();
	await d.keys.press('Control+a');
	const most = 'y'.repeat(64 * 1024);
	await paste(most);
	await until('the line holds it', async () => (await d.line()).length === most.length);
	await d.keys.press('Enter');
	await d.recorded('the long note', (r) => r.kind === 'note.added' && r.text.length === most.length);
});

test('markup, other directions and control characters are text', async (t) => {
	const d = await sit(t);
	await d.declared();
	const marked = '<img src=x onerror="document.title=1"><b>bold</b> &amp; [a](javascript:alert(1))';
	await d.keys.note(marked);
	await d.recorded('the markup', (r) => r.text === marked);
	const row = d.page.locator('[data-row]').filter({ hasText: 'onerror' });
	await row.waitFor();
	assert.ok((await row.innerText()).includes(marked));
	assert.equal(await row.locator('img, b:not(.kind), a').count(), 0);
	const odd = 'שלום \u202eevil\u202c \u2066iso\u2069 e\u0301 👩‍👧';
	await d.page.evaluate((x) => navigator.clipboard.writeText(x), `${odd}\u0007\u0000`);
	await d.keys.press('Control+v', 'Enter');
	const [kept] = await d.recorded('the odd one', (r) => r.kind === 'note.added' && r.text.includes('שלום'));
	assert.ok(!kept.text.includes('\u0000') && !kept.text.includes('\u0007'), 'control characters are not kept');
	const shown = d.page.locator('[data-row]').filter({ hasText: 'שלום' }).locator('p').first();
	await shown.waitFor();
	const plaintext = await shown.evaluate((e) => getComputedStyle(e).unicodeBidi);
	assert.ok(['plaintext', 'isolate', 'isolate-override'].includes(plaintext), `what goes the other way is kept apart (${plaintext})`);
	assert.notEqual(await d.page.title(), '1');
});

test('what is typed right after an order is a line of its own, and so is what follows a declaration', async (t) => {
	const d = await sit(t);
	// Nothing waits here: the keys come as from a quick hand.
	await d.keys.note('Login fails for everybody');
	await d.sees('Declare? Enter again');
	await d.page.keyboard.type('\nthe first note\n/goal logins work for 30 minutes\nben is called\n/sev 1\nhe looks at the tokens\n');
	await d.recorded('the last line', (r) => r.text === 'he looks at the tokens');
	const inc = await until('the orders are carried out', async () => {
		const v = await d.show();
		return v.goal !== '' && v.severity === 'SEV1' && v;
	});
	assert.deepEqual([inc.title, inc.goal, inc.severity], ['Login fails for everybody', 'logins work for 30 minutes', 'SEV1']);
	const notes = (await d.timeline()).filter((r) => r.kind === 'note.added').map((r) => r.text);
	assert.deepEqual(notes, ['the first note', 'ben is called', 'he looks at the tokens']);
	assert.equal(await d.line(), '');

	// An order that is refused while the next line is being typed is kept, and comes back by its button.
	await d.page.keyboard.type('/phase nowhere\nand then ');
	await d.sees('/phase nowhere');
	assert.equal(await d.line(), 'and then ');
});

test('keys that need an incident say so where there is none', async (t) => {
	const d = await sit(t, { before: (m) => m.qd('declare', '--title', 'Search is slow') });
	await d.keys.press('Control+o');
	await d.page.getByRole('heading', { name: 'Under way' }).waitFor();
	for (const chord of ['Control+u', 'Control+e', 'Control+r']) {
		await d.keys.press(chord);
		await d.page.locator('.toast', { hasText: 'No incident is on the screen' }).first().waitFor();
		await d.page.locator('.toast button').first().click();
		await d.page.locator('.toast').waitFor({ state: 'detached' });
	}
});
