// Updates: what is previewed is what is copied and recorded, and each promises the next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const minute = 60_000;
const told = (inc, id) => inc.audiences.find((a) => a.audience === id);
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
	await d.machine.move('advance 2m');
	await d.keys.press('Control+u');
	await drafted(d, 'Customers');
	await d.keys.press('Control+Enter');
	await until('told once', async () => told(await d.show(), 'customers').told === 1);
	await d.closed();
	const promised = new Date(due(await d.show(), 'customers')).toISOString().slice(11, 16);
	await d.machine.move('advance 45m');
	await d.page.getByRole('alert').filter({ hasText: 'Customers' }).waitFor({ state: 'attached' });
	assert.match(await d.page.title(), /late|Customers/);
	await d.keys.press('Control+u');
	const first = await d.page.getByRole('dialog').getAttribute('aria-label');
	for (let i = 0; i < 4 && (await d.page.getByRole('dialog', { name: 'Update for Customers' }).count()) === 0; i++) {
		await d.keys.press('Alt+4');
	}
	const preview = await drafted(d, 'Customers');
	assert.ok(preview.includes(`We said ${promised} UTC; this is late`), `${first}: ${preview}`);
});
