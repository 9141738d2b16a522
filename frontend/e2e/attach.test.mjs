// Files go into the log by keyboard, by paste and by drop, and are shown, read, saved, lost and redacted there.
import assert from 'node:assert/strict';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync, crc32 } from 'node:zlib';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

/** png is a picture of one colour. */
function png(width, height, shade = 120) {
	const chunk = (name, data) => {
		const body = Buffer.concat([Buffer.from(name), data]);
		const head = Buffer.alloc(4);
		head.writeUInt32BE(data.length);
		const end = Buffer.alloc(4);
		end.writeUInt32BE(crc32(body) >>> 0);
		return Buffer.concat([head, body, end]);
	};
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(width, 0);
	ihdr.writeUInt32BE(height, 4);
	ihdr[8] = 8;
	const rows = Buffer.alloc((width + 1) * height, shade);
	for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
	return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', ihdr), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** gives dispatches what a browser does when files are pasted or dropped. */
const gives = (d, event, list, text = '') =>
	d.page.evaluate(
		([name, given, words]) => {
			const data = new DataTransfer();
			for (const f of given) data.items.add(new File([Uint8Array.from(atob(f.bytes), (c) => c.charCodeAt(0))], f.name, { type: f.type }));
			if (words) data.setData('text/plain', words);
			const on = document.activeElement ?? document.body;
			for (const n of name === 'drop' ? ['dragover', 'drop'] : [name]) on.dispatchEvent(n === 'paste' ? new ClipboardEvent(n, { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent(n, { dataTransfer: data, bubbles: true, cancelable: true }));
		},
		[event, list.map((f) => ({ ...f, bytes: f.bytes.toString('base64') })), text],
	);

const isFile = (r) => r.kind === 'file.attached';

test('a screenshot that is pasted is shown in place, whole, saved, exported', async (t) => {
	const d = await sit(t);
	await d.declared();
	const shot = png(800, 400);
	await d.keys.type('half a note');
	await gives(d, 'paste', [{ name: 'image.png', type: 'image/png', bytes: shot }]);
	const [r] = await d.recorded('the file', isFile);
	assert.match(r.text, /^screenshot-\d{8}-\d{6}\.png, /);
	assert.equal(await d.line(), 'half a note', 'what was being typed stays');
	const img = d.page.locator('#timeline .picture img');
	await img.waitFor();
	assert.deepEqual(await img.evaluate((e) => e.decode().then(() => [e.naturalWidth, e.naturalHeight])), [800, 400]);

	await d.page.getByRole('button', { name: /^Show screenshot/ }).click();
	const sheet = await d.sheet(/^screenshot/);
	await sheet.locator('img').waitFor();
	const coming = d.page.waitForEvent('download');
	await d.keys.press('Control+Enter');
	const download = await coming;
	assert.match(download.suggestedFilename(), /^screenshot-.*\.png$/);
	await download.saveAs(join(d.machine.home, 'saved.png'));
	assert.deepEqual(await readFile(join(d.machine.home, 'saved.png')), shot);
	await d.keys.press('Escape');
	await d.closed();
	assert.equal((await d.qd('verify')).files, 1);
});

test('dropped files are attached; markup among them stays asleep; a lost one says so', async (t) => {
	const d = await sit(t);
	await d.declared();
	const evil = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1"><script>window.pwned=1</script></svg>');
	await gives(d, 'drop', [
		{ name: '"><img src=x onerror=pwned=1>.svg', type: 'image/svg+xml', bytes: evil },
		{ name: 'page.html', type: 'text/html', bytes: Buffer.from('<script>window.pwned=1</script>') },
		{ name: 'graph.png', type: 'image/png', bytes: png(40, 40) },
	]);
	await d.recorded('the files', isFile, 3);
	await d.sees('3 files are attached');
	await d.page.getByRole('button', { name: 'Read page.html' }).click();
	const sheet = await d.sheet('page.html');
	await sheet.getByText('<script>window.pwned=1</script>').waitFor();
	await d.keys.press('Escape');
	await d.closed();
	assert.equal(await d.page.locator('#timeline img').count(), 1, 'only the picture is drawn');
	assert.equal(await d.page.evaluate(() => window.pwned), undefined);

	const folder = join(d.machine.data, 'attachments');
	for (const name of await readdir(folder)) if ((await readFile(join(folder, name))).length === png(40, 40).length) await rm(join(folder, name));
	d.expected.push(/404|Failed to load/);
	await d.page.reload();
	await d.sees('missing from the folder of attachments');
});

test('a megabyte of text becomes a file with its first line, and does not hold anybody up', async (t) => {
	const d = await sit(t);
	await d.declared();
	const text = `the first line of the log\n${'x'.repeat(99)}\n`.repeat(1) + `${'y'.repeat(99)}\n`.repeat(10_500);
	await d.page.evaluate((words) => navigator.clipboard.writeText(words), text);
	const began = Date.now();
	await d.keys.press('Control+v');
	await d.sees('Enter keeps it as a file');
	await d.keys.press('Enter');
	const [r] = await d.recorded('the file', isFile);
	assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
	assert.match(r.text, /pasted-.*\.txt, 1\.0 MiB – the first line of the log$/);
	await until('an empty line', async () => (await d.line()) === '');
	const [name] = await readdir(join(d.machine.data, 'attachments'));
	assert.equal(await readFile(join(d.machine.data, 'attachments', name), 'utf8'), text);
	await d.page.getByRole('button', { name: /^Read pasted/ }).click();
	await (await d.sheet(/^pasted/)).getByText('the first line of the log').first().waitFor();
	await d.keys.press('Escape');
	await d.closed();
	await d.keys.note('and on');
	await d.recorded('the next note', (x) => x.text === 'and on');
});

test('what is too large is refused in a sentence; redacting takes the bytes; by keyboard alone', async (t) => {
	const d = await sit(t);
	await d.declared();
	await gives(d, 'drop', [{ name: 'empty.txt', type: 'text/plain', bytes: Buffer.alloc(0) }]);
	await d.sees('the file is empty');

	await writeFile(join(d.machine.home, 'dump.txt'), 'swordfish');
	const chooser = d.page.waitForEvent('filechooser');
	await d.keys.press('Control+k');
	await d.keys.note('attach a file');
	await (await chooser).setFiles(join(d.machine.home, 'dump.txt'));
	const [r] = await d.recorded('the file', isFile);
	await d.walk('F6', '#timeline');
	await d.keys.press('ArrowUp');
	await d.page.waitForFunction((id) => document.activeElement?.dataset?.row === id, r.id);
	await d.keys.press('Enter');
	await d.in('What it shows');
	await d.keys.press('Alt+x');
	await d.in('Why its words go');
	await d.keys.note('a password');
	await until('an empty folder', async () => (await readdir(join(d.machine.data, 'attachments'))).length === 0);
	await d.sees('(redacted: a password)');
	assert.equal((await d.qd('verify')).ok, true);
});
