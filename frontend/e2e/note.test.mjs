// A second start for a quick note leads an open page to its log line.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { sit } from './harness/desk.mjs';
import { program } from './harness/machine.mjs';
import { until } from './harness/until.mjs';

test('a quick note closes the sheet, keeps its text and takes the keyboard', async (t) => {
	const d = await sit(t);
	await d.declared();
	const words = 'We know of it and are working on it.';
	const text = async () => (await d.sheet(/^Update/)).getByRole('textbox').first().inputValue();
	await d.keys.press('Control+u');
	await until('the text is drafted', text);
	await d.keys.press('Control+a');
	await d.keys.type(words);
	const { stdout } = await promisify(execFile)(program('quarterdeck'), ['--note', '--data', d.machine.data], { env: d.machine.env });
	assert.match(stdout, /running already/);
	await d.closed();
	await d.keys.note('typed at once');
	await until('the note is on disk', async () => (await d.qd('timeline', 'INC-1')).some((r) => r.kind === 'note.added' && r.text === 'typed at once'));
	await d.keys.press('Control+u');
	await until('the words are back', async () => (await text()) === words);
});
