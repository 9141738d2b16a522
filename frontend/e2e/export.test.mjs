// Documents leave by download, and the whole incident comes back by import.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { Machine } from './harness/machine.mjs';

/** downloads opens the settings and presses the button of a format, by keyboard. */
async function downloads(d, format) {
	await d.keys.press('Control+,');
	const sheet = await d.sheet('Settings');
	const coming = d.page.waitForEvent('download');
	for (let i = 0; i < 20; i++) {
		await d.keys.press('Tab');
		if ((await sheet.getByRole('button', { name: format }).evaluate((e) => e === document.activeElement))) break;
	}
	await d.keys.press('Enter');
	const download = await coming;
	const path = join(d.machine.home, download.suggestedFilename());
	await download.saveAs(path);
	await d.keys.press('Escape');
	await d.closed();
	return { name: download.suggestedFilename(), path, text: await readFile(path, 'utf8') };
}

test('Markdown, HTML and JSON are downloaded, and the JSON is the incident', async (t) => {
	const d = await sit(t);
	await d.declared();
	await d.keys.note('<script>alert(1)</script> & *stars*');
	await d.keys.note('!roll back because errors began with it but the fix goes too');
	await d.recorded('the decision', (r) => r.kind === 'decision.made');

	const md = await downloads(d, 'Markdown');
	assert.match(md.name, /^INC-1.*\.md$/);
	assert.ok(md.text.includes('Checkout fails for EU customers') && md.text.includes('roll back'));
	const html = await downloads(d, 'HTML');
	assert.match(html.name, /\.html$/);
	assert.ok(!html.text.includes('<script>alert(1)'), 'what was typed is no markup');
	const json = await downloads(d, 'JSON, complete');
	assert.match(json.name, /\.json$/);

	const other = new Machine();
	t.after(() => other.remove());
	await other.qd('import', json.path);
	assert.equal((await other.qd('verify')).ok, true);
	assert.deepEqual(await other.qd('timeline', 'INC-1'), await d.timeline());
	await other.qd('import', json.path);
	assert.equal((await other.qd('list')).length, 1, 'importing twice adds nothing');

	await d.keys.press('Control+Shift+c');
	await d.sees('on the clipboard');
	assert.match(await d.clipboard(), /Checkout fails for EU customers/);
});
