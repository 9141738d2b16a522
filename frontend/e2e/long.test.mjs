// A timeline of five thousand entries.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const many = 5000;

/** night plays an incident with very many notes, one a second. */
async function night(machine) {
	const lines = ['story A long night', 'start 2025-01-08 10:00', 'people ana', '', 'T+0:00', 'as ana', 'declare SEV2 A long night'];
	for (let i = 0; i < many; i++) {
		if (i > 0 && i % 60 === 0) lines.push('', `T+${Math.floor(i / 3600)}:${String(Math.floor(i / 60) % 60).padStart(2, '0')}`);
		lines.push(`note row ${i}: the queue holds ${(i * 7) % 1000} messages and drains at ${i % 97} a second${i % 9 === 0 ? ', which is more than an hour ago and less than it was at noon when the second node joined' : ''}`);
	}
	const file = join(machine.home, 'night.story');
	await writeFile(file, lines.join('\n'));
	await machine.play(file);
}

const rows = (d) => d.page.locator('[data-row]').count();

/** upper answers with the topmost row in sight, and where it stands. */
const upper = (d) =>
	d.page.evaluate(() => {
		const box = document.getElementById('timeline').getBoundingClientRect();
		for (const row of document.querySelectorAll('[data-row]')) {
			const at = row.getBoundingClientRect();
			if (at.top >= box.top) return { id: row.dataset.row, text: row.innerText, top: Math.round(at.top) };
		}
	});

/** still waits until nothing scrolls any more and answers with the topmost row. */
async function still(d) {
	let last = await upper(d);
	await until('the timeline stands still', async () => {
		await d.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		const now = await upper(d);
		const same = now !== undefined && now.id === last?.id && now.top === last?.top;
		last = now;
		return same;
	});
	return last;
}

test('five thousand entries: few rows on the page, the newest in sight, a reader is not moved', async (t) => {
	const d = await sit(t, { name: '', light: true, before: night });
	const newest = d.page.locator('[data-row]').filter({ hasText: `row ${many - 1}:` });
	await newest.waitFor();
	await d.closed();
	const inSight = () => newest.evaluate((e) => e.getBoundingClientRect().bottom <= document.getElementById('timeline').getBoundingClientRect().bottom + 1);
	await until('the newest is at the bottom', inSight);
	assert.ok((await rows(d)) < 200, `${await rows(d)} rows`);

	const seen = d.page.evaluate(() => new Promise((done) => {
		const watch = new MutationObserver(() => {
			if (!document.getElementById('timeline').innerText.includes('typed at the end')) return;
			watch.disconnect();
			done(performance.now());
		});
		watch.observe(document.getElementById('timeline'), { subtree: true, childList: true, characterData: true });
		document.addEventListener('keydown', (e) => e.key === 'Enter' && (window.entered = performance.now()), { once: false, capture: true });
	}));
	await d.keys.note('typed at the end');
	const took = (await seen) - (await d.page.evaluate(() => window.entered));
	t.diagnostic(`a note is on the page after ${Math.round(took)} ms`);
	await d.recorded('the note', (r) => r.text === 'typed at the end');

	for (let i = 0; i < 5; i++) await d.keys.press('PageUp');
	const before = await still(d);
	assert.ok(!before.text.includes('typed at the end'));
	for (const i of [1, 2, 3]) {
		await d.qd('note', `news ${i}`);
		await d.page.getByRole('button', { name: new RegExp(`^${i} new`) }).waitFor();
	}
	const after = await still(d);
	assert.deepEqual(after, before, 'the reader was not moved');
	await d.keys.note('mine');
	await d.recorded('it', (r) => r.text === 'mine');
	assert.equal((await still(d)).id, before.id, 'not by their own note either');

	await d.walk('F6', '#timeline');
	await d.keys.press('End');
	await d.page.locator('[data-row]').filter({ hasText: 'mine' }).waitFor();
	await d.page.getByRole('button', { name: /new ↓/ }).waitFor({ state: 'detached' });

	let most = 0;
	const left = async () => (await d.page.locator('.earlier').allInnerTexts()).join('');
	const first = d.page.locator('[data-row]').filter({ hasText: 'Declared' });
	for (let i = 0; i < 60 && (await first.count()) === 0; i++) {
		const above = await left();
		await until('older ones come', async () => {
			await d.keys.press('Home');
			return (await first.count()) > 0 || (await left()) !== above;
		});
		most = Math.max(most, await rows(d));
	}
	assert.equal(await first.count(), 1, 'the first entry is reached');
	assert.ok(most < 200, `${most} rows at most`);
	t.diagnostic(`${most} rows on the page at most`);
	await d.keys.press('Escape');
	await d.keys.note('and on');
	await d.recorded('the last note', (r) => r.text === 'and on');
});
