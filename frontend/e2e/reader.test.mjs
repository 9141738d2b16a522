// What a screen reader and the Tab key meet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

test('roles and names: the log, what is next, the clocks', async (t) => {
	const d = await sit(t, { before: async (m) => (await m.qd('declare', '--title', 'Checkout fails'), await m.qd('note', 'one'), await m.qd('note', 'two')) });
	const log = d.page.getByRole('log', { name: /Timeline/ });
	const rows = log.getByRole('listitem');
	await rows.filter({ hasText: 'two' }).waitFor();
	const places = await rows.evaluateAll((all) => all.map((e) => [Number(e.ariaPosInSet), Number(e.ariaSetSize)]));
	const total = places.length;
	assert.ok(total >= 3);
	assert.deepEqual(places, places.map((_, i) => [i + 1, total]), 'each says which of how many it is');

	const next = d.page.getByRole('navigation', { name: 'Next' }).getByRole('status');
	assert.equal(await next.count(), 1);
	assert.ok((await next.innerText()).length > 5);
	const loud = await d.page.locator('[role="timer"]').evaluateAll((all) => all.filter((e) => e.getAttribute('aria-live') !== 'off').map((e) => e.textContent));
	assert.deepEqual(loud, [], 'no clock is read out each second');
	const cells = d.page.getByRole('navigation', { name: 'Annunciators' }).getByRole('button');
	for (const name of await cells.evaluateAll((all) => all.map((e) => e.getAttribute('aria-label') ?? e.textContent))) assert.match(name, /\S+ .+/, 'a name and a state');
	await d.page.getByRole('button', { name: /Customers.*due at \d\d:\d\d/ }).first().waitFor();
	assert.match(await d.page.locator('main, [data-pane]').first().evaluate(() => document.documentElement.lang), /en/);
	assert.deepEqual(await d.page.evaluate(() => [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0).length), 0, 'the order is that of the page');
	assert.deepEqual(
		await d.page.evaluate(() => [...document.querySelectorAll('button, input, textarea, [role="option"]')].filter((e) => e.checkVisibility() && !(e.ariaLabel || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML.slice(0, 120))),
		[],
		'everything that can be pressed has a name',
	);
});

test('a warning is said once an occurrence, not once a tick', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.page.evaluate(() => {
		window.said = [];
		new MutationObserver((changes) => {
			for (const c of changes) {
				const alert = (c.target instanceof Element ? c.target : c.target.parentElement)?.closest('[role="alert"]');
				if (alert) window.said.push(alert.textContent);
				for (const n of c.addedNodes) if (n instanceof Element) for (const a of [n, ...n.querySelectorAll('*')].filter((e) => e.matches('[role="alert"]'))) window.said.push(a.textContent);
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	await d.machine.move('advance 16m');
	await d.page.getByRole('alert').filter({ hasText: 'Customers' }).waitFor({ state: 'attached' });
	for (let i = 0; i < 3; i++) {
		await d.machine.move('advance 20s');
		await d.sees(`${String(1 + Math.floor((60 + 20 * (i + 1)) / 60) - 1).padStart(2, '0')}:`);
	}
	const customers = (await d.page.evaluate(() => window.said)).filter((s) => s.includes('Customers'));
	assert.equal(customers.length, 1, customers.join(' | '));
});

for (const size of [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 700 },
])
	test(`Tab goes through the page in the order in which it is read, at ${size.width}`, async (t) => {
		const d = await sit(t, { size, before: async (m) => (await m.qd('declare', '--title', 'Checkout fails'), await m.qd('log', '@ben look at it 5m')) });
		const panes = [];
		let stops = 0;
		let backwards = '';
		let last = null;
		for (; stops < 120; stops++) {
			await d.keys.press('Tab');
			const here = await d.page.evaluate(() => {
				const e = document.activeElement;
				const pane = e?.closest('header, nav, [data-pane]');
				const r = e?.getBoundingClientRect();
				return { id: e?.id, pane: pane?.getAttribute('aria-label') ?? pane?.className.split(' ')[0] ?? pane?.tagName ?? '', top: r?.top ?? 0, left: r?.left ?? 0, text: e?.textContent?.slice(0, 40) };
			});
			if (here.id === 'line') break;
			if (here.pane === '') continue; // a bar between two panes, or the browser's own
			if (panes.at(-1) !== here.pane) panes.push(here.pane);
			else if (last && here.top + 1 < last.top && here.left <= last.left) backwards ||= `${last.text} then ${here.text}`;
			last = here;
		}
		assert.ok(stops < 119, 'it comes round to the line');
		assert.equal(backwards, '', 'nothing is passed over and come back to');
		assert.equal(new Set(panes).size, panes.length, `each pane once: ${panes.join(', ')}`);
		const order = ['Annunciators', 'Next', 'Checklist', 'Roles', 'Timeline'].map((p) => panes.indexOf(p)).filter((i) => i >= 0);
		assert.deepEqual(order, [...order].sort((a, b) => a - b), panes.join(', '));
		assert.ok(order.length >= 4, panes.join(', '));
	});
