// Command on its way to another machine: a signed file, six words read aloud, accepted there, and the reply.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

const commander = async (d) => (await d.show()).roles.find((r) => r.role === 'commander').holder;
const words = (d, sheet) => sheet.getByRole('region', { name: 'The key, to be read aloud' }).getByRole('listitem').allInnerTexts();

/** saved makes the file of the open handoff and keeps it in the machine's home. */
async function saved(d, name, passphrase = '') {
	await d.keys.press('Alt+f');
	const sheet = await d.sheet('A file for another machine');
	if (passphrase !== '') await d.keys.type(passphrase);
	const [download] = await Promise.all([d.page.waitForEvent('download'), d.keys.press('Enter')]);
	const file = join(d.machine.home, name);
	await download.saveAs(file);
	await sheet.getByText('Read the words aloud').waitFor();
	const six = await words(d, sheet);
	assert.equal(six.length, 6);
	await both(d, 'the file and its words');
	await d.keys.press('Escape');
	await d.closed();
	return { file, six };
}

/** takes opens a file on a machine, compares the words and brings it in. */
async function takes(d, { file, six }, passphrase = '') {
	await d.keys.press('Control+k');
	await d.sheet('Commands');
	await d.keys.type('handoff file');
	await d.keys.press('Enter');
	const sheet = await d.sheet('A handoff file from another machine');
	await d.page.setInputFiles('#handed', file);
	if (passphrase !== '') {
		await d.in('Passphrase');
		await d.keys.note(passphrase);
	}
	await sheet.getByText('Compare them with the words').waitFor();
	assert.deepEqual(await words(d, sheet), six, 'the words are the same on both');
	await both(d, 'what is in the file');
	await d.keys.press('Control+Enter');
}

test('command goes to another machine as a locked file and comes back as the reply', async (t) => {
	const ana = await sit(t, { name: 'ana' });
	const fay = await sit(t, { name: 'fay' });
	await ana.declared();
	await ana.keys.note('/goal EU errors below 1 %');
	await ana.keys.press('Control+Shift+h');
	await ana.sheet('Hand command over');
	await ana.keys.note('fay');
	await ana.in('What worries you most?');
	await ana.keys.type('the vendor is silent');
	const offer = await saved(ana, 'offer', 'correct horse battery');

	await takes(fay, offer, 'correct horse battery');
	const sheet = await fay.sheet('Hand command over');
	await sheet.getByText('ana commands until fay accepts').waitFor();
	assert.equal(await commander(fay), 'ana', 'nothing has changed hands');
	await fay.keys.press('Alt+1', 'Alt+2', 'Alt+3', 'Alt+a');
	await sheet.getByText('fay commands, term 2').waitFor();
	const reply = await saved(fay, 'reply');
	assert.equal(await commander(ana), 'ana', 'until the reply is here');

	await takes(ana, reply);
	await until('ana sees it', async () => (await commander(ana)) === 'fay');
	await ana.page.getByText('fay commands INC-1, term 2').first().waitFor();
	for (const d of [ana, fay]) assert.equal((await d.qd('verify')).ok, true);
});
