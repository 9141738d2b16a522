// Finding what was decided in a long timeline, while new rows keep arriving.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

/** night plays an incident with so many entries, one of which decides against a failover, early on. */
const night = (many) => async (machine) => {
	const lines = ['story A long night', 'start 2025-01-08 10:00', 'people ana, ben', '', 'T+0:00', 'as ana', 'declare SEV2 A long night'];
	for (let i = 0; i < many; i++) {
		if (i > 0 && i % 60 === 0) lines.push('', `T+${Math.floor(i / 3600)}:${String(Math.floor(i / 60) % 60).padStart(2, '0')}`);
		if (i === 40) lines.push('!no failover because replication is behind but slower recovery');
		else if (i === many - 30) lines.push('as ben', 'note support asks about the failover again', 'as ana');
		else lines.push(`note row ${i}: the queue holds ${(i * 7) % 1000} messages`);
	}
	const file = join(machine.home, 'night.story');
	await writeFile(file, lines.join('\n'));
	await machine.play(file);
};

const hit = (d) => d.page.locator('.row.hit');

/** place is where the row that is read stands, once it stands still. */
async function place(d) {
	let last;
	return until('the row stands still', async () => {
		await d.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		const box = await hit(d).boundingBox();
		const now = box && Math.round(box.y);
		const same = now !== null && now === last;
		last = now;
		return same && now;
	});
}

for (const many of [200, 5000]) {
	test(`of ${many} entries the decision is found in few keys, and stays where it is`, async (t) => {
		const d = await sit(t, { name: '', light: true, before: night(many) });
		await d.closed();
		const keys = d.keys.since();
		await d.keys.press('Control+f');
		await d.page.waitForFunction(() => document.activeElement?.id === 'find');
		await d.page.evaluate(() => {
			window.took = [];
			document.getElementById('find').addEventListener('input', () => {
				const from = performance.now();
				requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - from)));
			});
		});
		await d.keys.type('failover');
		const bar = d.page.getByRole('search');
		await until('both are found', async () => (await bar.getByRole('status').innerText()) === '2');
		const took = (await d.page.evaluate(() => window.took)).sort((a, b) => a - b);
		t.diagnostic(`hits are counted ${Math.round(took.at(-1))} ms after a key at worst, ${Math.round(took[took.length >> 1])} ms in the middle`);
		await d.keys.press('Enter');
		await hit(d).filter({ hasText: 'support asks about the failover' }).waitFor();
		assert.equal(await bar.getByRole('status').innerText(), '1 of 2');
		await d.keys.press('Enter');
		await hit(d).filter({ hasText: 'no failover' }).waitFor();
		assert.match(await hit(d).innerText(), /because replication is behind/);
		assert.ok((await hit(d).locator('mark').count()) >= 1, 'the word is marked');

		const before = await place(d);
		for (const i of [1, 2, 3]) {
			await d.qd('note', `news ${i}`);
			await d.page.getByRole('button', { name: new RegExp(`^${i} new`) }).waitFor();
		}
		assert.equal(await place(d), before, 'the row that is read does not move');

		await d.keys.press('Escape');
		await d.closed();
		await d.keys.note('written after looking');
		await d.recorded('it', (r) => r.text === 'written after looking');
		assert.ok(keys() <= 4 + 1, `${keys()} chords: four, and one for each hit that is passed by`);
		const all = await d.timeline();
		assert.equal(all.at(-1).text, 'written after looking', 'at the end');
		const decision = d.page.locator('[data-row]').filter({ hasText: 'no failover' });
		assert.equal(Math.round((await decision.boundingBox()).y) > 0, true, 'the decision is still in sight');
	});
}

test('kinds and people are left out and in again, and a search from the line goes on', async (t) => {
	const d = await sit(t, { name: '', light: true, before: night(200) });
	await d.closed();
	await d.keys.press('Control+f');
	const bar = d.page.getByRole('search');
	await bar.getByLabel('Kind').selectOption('decision');
	await until('one row is left', async () => (await d.page.locator('[data-row]').count()) === 1);
	await bar.getByLabel('Kind').selectOption('');
	await bar.getByLabel('Person').selectOption('ben');
	await d.page.locator('[data-row]').filter({ hasText: 'support asks' }).waitFor();
	assert.equal(await d.page.locator('[data-row]').filter({ hasText: 'row 150' }).count(), 0);
	await d.keys.press('Escape');
	await d.closed();
	await d.page.locator('[data-row]').filter({ hasText: 'row 199' }).waitFor();
});
