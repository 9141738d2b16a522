// Two in the morning, a dark room, a small window: what a glance must answer, and one key for silence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';

/** inSight tells whether a text stands in the window whole, with nothing over it. */
const inSight = (d, selector, words) =>
	d.page.evaluate(
		([s, w]) => {
			const e = [...document.querySelectorAll(s)].filter((x) => x.textContent.includes(w)).at(-1);
			if (!e) return 'not there';
			const r = e.getBoundingClientRect();
			if (r.width === 0 || r.top < 0 || r.left < 0 || r.bottom > innerHeight || r.right > innerWidth) return `at ${Math.round(r.left)},${Math.round(r.top)} to ${Math.round(r.right)},${Math.round(r.bottom)}`;
			const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
			return e.contains(top) || top?.contains(e) ? '' : `under ${top?.tagName}`;
		},
		[selector, words],
	);

test('the last decision, the next promise and who has Ops stand there; silence is one key, says how long, and ends by itself', async (t) => {
	const d = await sit(t, {
		clock: true,
		size: { width: 1024, height: 700 },
		before: async (m) => {
			await m.qd('config', 'set', 'theme', 'night');
			await m.qd('declare', '--title', 'Checkout fails for EU customers', '--severity', 'SEV1');
			await m.qd('role', 'assign', 'ops', 'Ben');
			await m.qd('log', '!Wait for the replica because it is behind but customers wait too');
			await m.qd('log', '!Roll back build 8842 in EU only because errors start 3 min after the deploy');
			for (const text of ['Chi looks at the gateway', 'Ben: rollback at 60 %', 'no new errors so far']) await m.qd('note', text);
		},
	});
	assert.equal(await d.page.evaluate(() => document.documentElement.dataset.theme), 'night');
	await d.sees('no new errors so far');
	assert.equal(await inSight(d, '[data-row]', 'Roll back build 8842'), '', 'the last decision');
	assert.equal(await inSight(d, 'nav[aria-label="Annunciators"] button', 'Customers'), '', 'the next promise');
	assert.equal(await inSight(d, 'section[aria-label="Roles"] button', 'Ben'), '', 'who has Ops');
	assert.match(await d.page.locator('section[aria-label="Roles"] button').filter({ hasText: 'Ops' }).innerText(), /Ben/);
	await both(d, 'night, small');
	assert.equal(await d.page.evaluate(() => document.getAnimations().filter((a) => a.effect?.getTiming().iterations === Infinity).length), 0, 'nothing blinks');

	const keys = d.keys.since();
	await d.keys.press('Control+Shift+s');
	const link = d.page.getByRole('navigation', { name: 'Annunciators' }).getByRole('button').filter({ hasText: 'silent' });
	await link.filter({ hasText: 'silent 10 min' }).waitFor();
	assert.equal(keys(), 1);
	assert.equal(await inSight(d, 'nav[aria-label="Annunciators"] button', 'silent 10 min'), '');
	await d.machine.advance(7 * 60_000 + 30_000);
	await link.filter({ hasText: 'silent 3 min' }).waitFor();
	await d.machine.advance(3 * 60_000);
	await link.waitFor({ state: 'detached' });
	await both(d, 'night, the sounds are back');
});
