// The page and a shell beside each other, and a backend that dies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

/** shown waits for a text on the page and answers when it was first there. */
const shown = (page, text) => page.waitForFunction((x) => document.body.innerText.includes(x) && Date.now(), text, { polling: 'raf' }).then((h) => h.jsonValue());

const offline = /Failed to load resource|ERR_|EventSource/;

test('what qd writes appears on the page, and the other way round', async (t) => {
	const d = await sit(t);
	await d.declared();
	const took = [];
	for (let i = 0; i < 5; i++) {
		const text = `from the shell ${i}`;
		const seen = shown(d.page, text);
		await d.qd('note', text);
		const [row] = await d.recorded(text, (r) => r.text === text);
		took.push((await seen) - Date.parse(row.recorded_at));
	}
	took.sort((a, b) => a - b);
	t.diagnostic(`from disk to page: ${took.join(', ')} ms`);
	assert.ok(took[2] < 500, `half of them within 500 ms, not ${took[2]}`);
	assert.ok(took[4] < 3000, `all of them soon, not after ${took[4]} ms`);

	const typed = Date.now();
	await d.keys.note('from the page');
	const [row] = await d.recorded('the note', (r) => r.text === 'from the page');
	t.diagnostic(`typed and on disk after ${Date.parse(row.recorded_at) - typed} ms`);

	await d.qd('severity', 'INC-1', 'SEV1');
	await d.page.getByRole('banner').getByText('SEV1').waitFor();
	await d.qd('role', 'assign', 'INC-1', 'operations', 'ben');
	await d.page.getByRole('region', { name: 'Roles' }).getByText('ben').waitFor();
	await d.qd('update', 'INC-1', '--audience', 'customers', '--text', 'We are on it.', '--next', '30m');
	await d.page.getByRole('log').getByText('We are on it').waitFor();
	await d.qd('phase', 'INC-1', 'mitigate');
	await d.page.getByRole('banner').getByText('Mitigate').waitFor();
	await d.qd('declare', '--title', 'Search is slow');
	await d.page.getByRole('button', { name: /2 live/ }).waitFor();
});

test('a backend that dies is said; what is typed meanwhile is written once it is back', async (t) => {
	const d = await sit(t);
	d.expected.push(offline);
	await d.declared();
	await d.keys.note('before');
	await d.recorded('the note', (r) => r.text === 'before');
	await d.face.kill();
	await d.sees('Connection lost');
	await d.keys.note('typed while it was away');
	await d.sees('NOT SAVED');
	assert.equal((await d.timeline()).filter((r) => r.text.includes('typed while')).length, 0);

	// The link opens another tab; it lets the old one back in.
	d.face = await d.machine.face(d.face.port);
	const tab = await d.context.newPage();
	await tab.goto(d.face.link);
	await tab.getByRole('heading', { name: /^INC-1 / }).waitFor();
	await d.recorded('the late note', (r) => r.text.endsWith('typed while it was away'));
	await d.page.getByText('NOT SAVED', { exact: true }).waitFor({ state: 'detached' });
	await d.page.getByText('Connection lost').waitFor({ state: 'detached' });
	await until('once', async () => (await d.page.locator('[data-row]').filter({ hasText: 'typed while' }).count()) === 1);
	assert.equal((await d.timeline()).filter((r) => r.text.endsWith('typed while it was away')).length, 1, 'once');
	await d.keys.note('after');
	await d.recorded('and it goes on', (r) => r.text === 'after');
	assert.equal((await d.qd('verify')).ok, true);
});

test('an old link is not let in, a fresh one is, and the state is back', async (t) => {
	const d = await sit(t);
	d.expected.push(offline);
	await d.declared();
	await d.keys.note('before');
	await d.recorded('the note', (r) => r.text === 'before');
	const old = d.face.link;
	await d.face.kill();
	d.face = await d.machine.face(d.face.port);
	await d.page.goto(old);
	await d.sees('This link has been used');
	await d.enter(d.face.link);
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	await d.page.getByRole('log').getByText('before').waitFor();
	assert.equal(new URL(d.page.url()).search, '', 'no key in the address');
	await d.keys.press('F5');
	await d.closed();
	await d.page.getByRole('log').getByText('before').waitFor();
});
