// A second start for a quick note leads an open page to its log line.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { sit } from './harness/desk.mjs';
import { program } from './harness/machine.mjs';

test('a quick note closes the sheet, keeps its text and takes the keyboard', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.press('Control+u');
	const sheet = await d.sheet(/^Update/);
	await sheet.locator('textarea').first().fill('We know of it and are working on it.');
	const { stdout } = await promisify(execFile)(program('quarterdeck'), ['--note', '--data', d.machine.data], { env: d.machine.env });
	assert.match(stdout, /running already/);
	await d.closed();
	await d.keys.note('typed at once');
	await d.sees('typed at once');
	await d.keys.press('Control+u');
	const again = await d.sheet(/^Update/);
	assert.equal(await again.locator('textarea').first().inputValue(), 'We know of it and are working on it.');
});
