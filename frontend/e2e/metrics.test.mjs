// What many incidents come to: reached, read, mended and saved by keyboard.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

async function saved(d, chord) {
	const coming = d.page.waitForEvent('download');
	await d.keys.press(chord);
	const download = await coming;
	const path = join(d.machine.home, download.suggestedFilename());
	await download.saveAs(path);
	return readFile(path, 'utf8');
}

test('figures, their tables, a missing time given, a dot opened, and both exports', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.qd('declare', '--title', 'Mail was late', '--backfill', '--started-at', '2026-01-01T10:00:00Z', '--detected-at', '2026-01-01T10:10:00Z', '--declared-at', '2026-01-01T10:15:00Z');

	await d.keys.press('Control+6');
	await d.page.getByRole('heading', { name: 'Metrics' }).waitFor();
	await d.sees('1 incident');
	await d.keys.press('Alt+p');
	await d.keys.press('End');
	await d.sees('1 incident entered afterwards');
	await d.sees('first signal − start of the impact');
	await d.sees('10 min');

	const strip = d.page.getByRole('slider').first();
	await strip.focus();
	assert.match(await strip.getAttribute('aria-valuetext'), /INC-2.*10 min.*Mail was late/);
	await d.keys.press('Alt+t');
	await d.page.getByRole('table').filter({ hasText: 'Mail was late' }).first().waitFor();

	const before = await d.page.getByRole('heading', { name: /times? missing/ }).textContent();
	await d.page.getByRole('button', { name: 'Impact started: give it' }).first().focus();
	await d.keys.press('Enter');
	await d.in('Impact started');
	await d.keys.note('5m');
	await d.page.waitForFunction((was) => document.getElementById('lacks')?.textContent !== was, before);

	const sheet = await saved(d, 'Alt+x');
	assert.match(sheet, /INC-2,Mail was late,.*,backfill,/);
	assert.equal(sheet.trim().split('\n').length, 3);
	const document = JSON.parse(await saved(d, 'Alt+j'));
	assert.equal(document.backfills.spans[0].median, 600_000);
	assert.equal(document.live.spans[0].n + document.live.spans[0].missing, 1);

	await d.keys.note('seen from the metrics');
	await d.recorded('the note', (r) => r.text === 'seen from the metrics');
	await d.keys.press('Escape');
	await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
});
