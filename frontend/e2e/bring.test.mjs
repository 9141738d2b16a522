// What was written elsewhere comes in: pasted chats as dated notes, tables and archives by the import sheet; once, and silently.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const pastes = async (d, text) => {
	await d.page.evaluate((words) => navigator.clipboard.writeText(words), text);
	await d.keys.press('Control+v');
};

test('pasted messages become dated notes, once', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	const chat = '[2026-03-02 14:02] <ana> errors begin\n[2026-03-02 14:03] <ben> looking\n  at the gateway\n[2026-03-02 14:05] <ben> 504s';
	const of = (text) => (r) => r.kind === 'note.added' && r.text === text;
	for (const times of [1, 2]) {
		await pastes(d, chat);
		await d.sees('3 messages: as dated notes');
		await d.keys.press('Alt+l');
		const sheet = await d.sheet('Messages as dated notes');
		await sheet.getByText('at the gateway').waitFor();
		if (times === 2) {
			await sheet.getByText('(here already)').first().waitFor();
			await d.keys.press('Escape');
			await d.closed();
			assert.equal(await d.line(), chat, 'it is still there');
			await d.keys.press('Control+a', 'Delete');
			break;
		}
		await d.keys.press('Control+Enter');
		await d.closed();
		assert.equal(await d.line(), '');
		const [r] = await d.recorded('the second message', of('looking\n  at the gateway'));
		assert.equal(r.actor, 'ben');
		assert.equal(r.at, '2026-03-02T14:03:00Z');
	}
	assert.equal((await d.timeline()).filter((r) => r.kind === 'note.added').length, 3);
});

test('a table is mapped, previewed and imported by keyboard into a new incident; nothing leaves', async (t) => {
	const d = await sit(t);
	const path = join(d.machine.home, 'log.csv');
	await writeFile(path, 'Occurred,Speaker,Words,Ticket\n3/4/2026 14:02,Ana,<b>errors</b> begin,T-1\n3/4/2026 14:05,Ben,looking,T-2\n');
	const chooser = d.page.waitForEvent('filechooser');
	await d.keys.press('Control+k');
	await d.keys.note('import');
	const sheet = await d.sheet('Import');
	await d.page.waitForFunction(() => document.activeElement?.id === 'import-file');
	await d.keys.press('Enter');
	await (await chooser).setFiles(path);
	await sheet.getByText('no column of the table holds the text').waitFor();
	const retry = sheet.locator('select');
	assert.equal(await retry.count(), 4, 'its columns can be mapped');
	await retry.nth(2).selectOption('text');
	await sheet.getByText('can be read in two ways').waitFor();
	await sheet.getByRole('radio', { name: 'month first' }).check();
	await sheet.getByText('2 new entries').waitFor();
	await sheet.locator('select').nth(1).selectOption('author');
	await sheet.getByText('Who is who').waitFor();
	await sheet.getByLabel('Ben').fill('Ben Ito');
	await d.keys.press('Tab');
	await sheet.getByText('<b>errors</b> begin').waitFor();
	await sheet.getByText('the field Ticket (2)').waitFor();
	await sheet.getByText('Ben Ito').first().waitFor();
	await d.keys.press('Control+Enter');
	await d.page.getByRole('heading', { name: /^INC-1 log/ }).waitFor();
	const rows = await d.recorded('the notes', (r) => r.kind === 'note.added', 2);
	assert.deepEqual(rows.map((r) => [r.at, r.actor, r.text]), [['2026-03-04T14:02:00Z', 'ana', '<b>errors</b> begin'], ['2026-03-04T14:05:00Z', 'Ben Ito', 'looking']]);
	assert.deepEqual(await d.qd('outbox', 'list'), []);
	await until('the fields kept aside', async () => (await d.timeline()).some((r) => r.kind === 'file.attached'));
	await d.sees('log not taken over.json');
});

test('a file that is dropped on the page without an incident is looked at first; rubbish is refused in a sentence', async (t) => {
	const d = await sit(t);
	await d.page.evaluate(() => {
		const data = new DataTransfer();
		data.items.add(new File([new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3])], 'export.zip'));
		for (const n of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(n, { dataTransfer: data, bubbles: true, cancelable: true }));
	});
	const sheet = await d.sheet('Import');
	await sheet.getByText('the file is no archive that can be read').waitFor();
	await d.keys.press('Escape');
	assert.deepEqual(await d.qd('list'), []);
});
