// Staffing: who is asked, who has accepted, who covers, who stands in, and giving a role to who is on call.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

const minute = 60_000;
const stamp = (at) => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

/** rota writes a calendar on which somebody is on call now. */
function rota(m, name, who) {
	const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'BEGIN:VEVENT', `UID:${name}@test`, `DTSTAMP:${stamp(Date.now())}`];
	lines.push(`DTSTART:${stamp(Date.now() - 60 * minute)}`, `DTEND:${stamp(Date.now() + 600 * minute)}`, `SUMMARY:${who}`, 'END:VEVENT', 'END:VCALENDAR', '');
	const file = join(m.home, `${name}.ics`);
	writeFileSync(file, lines.join('\r\n'));
	return file;
}

async function rotas(m) {
	const list = [['ops', 'ben', 'operations'], ['comms', 'dee', 'communications']].map(([name, who, role]) => `  - {name: ${name}, file: ${rota(m, name, who)}, role: ${role}}\n`);
	writeFileSync(join(m.data, 'calendars.yaml'), `calendars:\n${list.join('')}`, { mode: 0o600 });
}

const holder = async (d, role) => (await d.show()).roles.find((r) => r.role === role)?.holder;

test('a role goes to who is on call with three keys, and all of them with two', async (t) => {
	const d = await sit(t, { before: async (m) => (await rotas(m), await m.qd('declare', '--title', 'Checkout fails')) });
	let keys = d.keys.since();
	await d.keys.press('Control+r');
	const sheet = await d.sheet('Roles');
	await sheet.getByText(/ben until/).waitFor();
	await sheet.getByText(/Enter gives it to dee|Enter gives it to ben/).waitFor();
	const up = (await sheet.getByText(/Enter gives it to dee/).count()) > 0;
	await d.keys.press(up ? 'ArrowDown' : 'ArrowUp');
	await sheet.getByText(up ? /Enter gives it to ben/ : /Enter gives it to dee/).waitFor();
	await d.keys.press('Enter');
	const role = up ? 'operations' : 'communications';
	await until('it is given', async () => (await holder(d, role)) === (up ? 'ben' : 'dee'));
	assert.equal(keys(), 3);
	await d.keys.press('Escape');
	await d.closed();

	keys = d.keys.since();
	await d.keys.press('Control+r');
	await sheet.waitFor();
	await d.keys.press('Alt+Enter');
	await until('both are given', async () => (await holder(d, 'operations')) === 'ben' && (await holder(d, 'communications')) === 'dee');
	assert.equal(keys(), 2);
	await both(d, 'the board');
	assert.equal(await holder(d, 'commander'), 'ana', 'command is not filled in');
});

test('asked is not accepted: it runs until they say yes', async (t) => {
	const d = await sit(t, { clock: true });
	await d.declared();
	await d.keys.press('Control+r');
	const sheet = await d.sheet('Roles');
	await sheet.getByText('no rota').first().waitFor();
	await d.keys.note('ops');
	await d.in('Who takes Ops lead');
	await d.keys.type('gus');
	await d.keys.press('Alt+a');
	const row = sheet.getByRole('listitem').filter({ hasText: 'Ops lead' });
	await row.getByText(/gus asked \d\d:\d\d – call/).waitFor();
	assert.equal(await holder(d, 'operations'), undefined, 'who was asked holds nothing');
	await d.machine.advance(100_000);
	await d.qd('note', 'still ringing'); // the page hears what time it is
	await row.getByText(/gus asked 01:4\d – call/).waitFor();
	await d.keys.type('ops');
	await d.keys.press('Alt+y');
	await row.getByText(/accepted \d\d:\d\d/).waitFor();
	assert.equal(await holder(d, 'operations'), 'gus');
	await row.getByText('no deputy').waitFor();

	// A deputy; a role that is covered; a part of a role that many hold.
	await d.keys.note('ops');
	await d.keys.type('eli');
	await d.keys.press('Alt+d');
	await row.getByText('deputy eli').waitFor();
	await d.keys.type('comms');
	await d.keys.press('Alt+v');
	await sheet.getByRole('listitem').filter({ hasText: 'Comms lead' }).getByText(/you cover until \d\d:\d\d/).waitFor();
	await d.keys.note('expert: payments');
	await d.in('Who takes expert: payments');
	await d.keys.note('chi');
	await sheet.getByRole('listitem').filter({ hasText: 'Expert: payments' }).getByText('chi').waitFor();
	assert.equal(await holder(d, 'expert:payments'), 'chi');

	// Taken back: nobody was asked, then.
	await d.keys.type('ops');
	await d.keys.press('Alt+x');
	await row.getByText('—').waitFor();
	const kinds = (await d.timeline()).map((r) => r.kind);
	for (const k of ['role.asked', 'role.assigned', 'deputy.named', 'role.covered', 'role.released']) assert.ok(kinds.includes(k), `${k} in ${kinds}`);
	assert.equal((await d.qd('verify')).ok, true);
});

test('a phone number of somebody new is kept, and shown where it is asked for', async (t) => {
	const d = await sit(t, { before: async (m) => (await rotas(m), await m.qd('declare', '--title', 'Checkout fails')) });
	await d.keys.press('Control+r');
	const sheet = await d.sheet('Roles');
	await d.keys.note('scribe');
	await d.in('Who takes Scribe');
	await d.keys.type('zoe');
	await sheet.getByLabel('New here').waitFor();
	await d.keys.press('Tab');
	await d.keys.note('+49 30 1234567');
	await until('zoe scribes', async () => (await holder(d, 'scribe')) === 'zoe');
	await until('zoe is known', () => readFileSync(join(d.machine.data, 'people.yaml'), 'utf8').includes('+49 30 1234567'));
	await d.keys.press('F2');
	await sheet.getByText('Leave to others').waitFor();
});
