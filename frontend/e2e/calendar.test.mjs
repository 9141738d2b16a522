// Who is on call, as a picture: by keyboard alone, in every theme and size.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { until } from './harness/until.mjs';

const hour = 3_600_000;
const day = 24 * hour;
const stamp = (at) => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
const typed = (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** ics is a calendar of shifts: [who, start, end]. */
function ics(shifts) {
	const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN'];
	shifts.forEach(([who, start, end], i) => lines.push('BEGIN:VEVENT', `UID:${i}-${start}@test`, `DTSTAMP:${stamp(start)}`, `DTSTART:${stamp(start)}`, `DTEND:${stamp(end)}`, `SUMMARY:${who}`, 'END:VEVENT'));
	return [...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** monday is the start of this week in UTC. */
function monday(now) {
	const today = Math.floor(now / day) * day;
	return today - ((new Date(today).getUTCDay() + 6) % 7) * day;
}

/** weeks are turns of a week from 09:00, for ten weeks around now. */
const weeks = (from, ...names) => [...Array(10).keys()].map((i) => [names[i % names.length], from + (i - 4) * 7 * day + 9 * hour, from + (i - 3) * 7 * day + 9 * hour]);

/** feed serves a calendar until it is told to break. */
async function feed(t, text) {
	let broken = false;
	const server = createServer((_, answer) => {
		if (broken) answer.writeHead(500).end();
		else answer.writeHead(200, { 'Content-Type': 'text/calendar' }).end(text);
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	t.after(() => server.close());
	return { url: `http://127.0.0.1:${server.address().port}/private-4711/rota.ics`, breaks: () => (broken = true) };
}

/** month is three schedules: one with a gap on Saturday 02:00 to 06:00, one from a feed; people, and a zone. */
async function month(m, url) {
	const mon = monday(m.now());
	const commander = ics(weeks(mon, 'Ana Lee', 'Ben Ode'));
	const gap = mon + 5 * day + 2 * hour;
	const comms = ics([['dee', mon - 21 * day, mon], ['dee', mon, gap], ['Gil', gap + 4 * hour, mon + 14 * day], ['dee', mon + 14 * day, mon + 35 * day]]);
	writeFileSync(join(m.home, 'commander.ics'), commander);
	writeFileSync(join(m.home, 'comms.ics'), comms);
	writeFileSync(join(m.data, 'people.yaml'), 'people:\n- {name: Ana Lee, phone: "+49 30 1234", zone: Europe/Berlin}\n- {name: Dee Marsh, aliases: [dee], phone: "+351 21 99", zone: Europe/Lisbon}\n', { mode: 0o600 });
	writeFileSync(
		join(m.data, 'calendars.yaml'),
		`calendars:\n- {name: command, file: ${join(m.home, 'commander.ics')}, role: commander}\n- {name: comms, file: ${join(m.home, 'comms.ics')}, role: communications, zone: America/New_York}\n${url ? `- {name: operations, url: "${url}", role: operations}\n` : ''}`,
		{ mode: 0o600 },
	);
	return { mon, gap };
}

const cell = (d) => d.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
const at = (d, words) => until(`the focus on ${words}`, async () => words.test(await cell(d)));

/** calendar opens the page and waits for its grid. */
async function calendar(d) {
	await d.keys.press('Control+4');
	await d.page.getByRole('grid', { name: 'Who is on call' }).waitFor();
	await d.page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'gridcell');
}

test('a gap is found, filled, muted, exported and asked about, with the keyboard alone', async (t) => {
	let when;
	const d = await sit(t, { before: async (m) => ((when = await month(m)), await m.qd('declare', '--title', 'Checkout fails')) });
	await calendar(d);
	await at(d, /^Commander, \w+ \d+ \w+: .*(Ana Lee|Ben Ode)/);
	// Arrows move, over the edge too.
	await d.keys.press('Home');
	await at(d, /^Commander, Mon /);
	await d.keys.press('ArrowLeft');
	await at(d, /^Commander, Sun /);
	await d.keys.press('t');
	await at(d, new RegExp(`^Commander, \\w+ ${new Date(d.machine.now()).getUTCDate()} `));
	await d.keys.press('Home', 'ArrowDown');
	await at(d, /^Comms lead, Mon .*Dee Marsh all day/);
	// G goes to the gap, which says its times.
	await d.keys.press('g');
	await at(d, /^Comms lead, Sat .*Dee Marsh 00:00–02:00; Nobody 02:00–06:00; Gil 06:00–24:00 \(not in people\)/);
	await both(d, 'the calendar');
	// Enter overrides the slot: the gap's times stand there already.
	await d.keys.press('Enter');
	const sheet = await d.sheet(/^Override comms/);
	assert.equal(await sheet.getByLabel('From').inputValue(), typed(when.gap));
	assert.equal(await sheet.getByLabel('To', { exact: true }).inputValue(), typed(when.gap + 4 * hour));
	await both(d, 'the override');
	await d.keys.note('');
	await sheet.getByRole('alert').waitFor(); // nobody is named
	await d.keys.note('Ana L');
	await at(d, /Ana Lee 02:00–06:00 \(override/);
	// E exports it.
	const download = d.page.waitForEvent('download');
	await d.keys.press('e');
	const text = readFileSync(await (await download).path(), 'utf8');
	assert.match(text, /BEGIN:VEVENT[\s\S]*SUMMARY:Ana Lee/);
	// Enter on it again changes it, and Alt+X takes it back.
	await d.keys.press('Enter');
	await d.sheet(/^Change comms/);
	await d.keys.press('Alt+x');
	await at(d, /Nobody 02:00–06:00/);
	// B: by design, once.
	await d.keys.press('b');
	await d.sheet('Nobody has to be on');
	await d.keys.press('Control+Enter');
	await at(d, /Nobody, by design 02:00–06:00/);
	assert.match(readFileSync(join(d.machine.data, 'calendars.yaml'), 'utf8'), /by_design/);
	// ? asks about any time.
	await d.keys.press('Shift+?');
	const who = await d.sheet('Who was on call?');
	await d.keys.press('Control+a');
	await d.keys.note(typed(when.mon - 3 * day));
	await who.getByText(/Dee Marsh/).waitFor();
	await both(d, 'who was on');
	await d.keys.press('Escape');
	await at(d, /^Comms lead/);
	// The month, another zone, and back.
	await d.keys.press('m');
	await until('a month of cells', async () => (await d.page.getByRole('gridcell').count()) > 80);
	await both(d, 'the month');
	await d.keys.press('z');
	await until('another zone', async () => /New_York/.test(await d.page.locator('.calendar header').innerText()));
	await d.keys.press('Control+1');
	await d.closed();
	// A letter on the incident's page is a note again.
	await d.keys.note('back at work');
	await d.sees('back at work');
});

test('a calendar is added as names, as a file and as an address that is never shown again, and removed', async (t) => {
	const d = await sit(t);
	const served = await feed(t, ics(weeks(monday(Date.now()), 'Eli Roe', 'Fay Kim')));
	await d.keys.press('Control+4');
	await d.sees('Import .ics, paste a list, or type two names');
	await both(d, 'no calendar yet');
	const add = async (name, chord, field, text) => {
		await d.page.waitForFunction(() => !document.querySelector('dialog[open]'));
		await d.keys.press('Control+k');
		await d.keys.note('Add an on-call');
		const sheet = await d.sheet('Add a calendar');
		await d.in('Name');
		await d.keys.type(name);
		await d.keys.press(chord);
		await d.walk('Tab', field);
		await d.keys.type(text);
		await d.keys.press('Control+Enter');
		return sheet;
	};
	await add('web', 'Alt+3', '#add-text', 'Ana, Ben');
	await d.page.waitForFunction(() => !document.querySelector('dialog[open]'));
	await d.page.getByRole('gridcell', { name: /^web, Mon .*Ana/ }).first().waitFor();
	const refused = await add('gone', 'Alt+2', '#add-file', '/nowhere/rota.ics');
	await refused.getByRole('alert').filter({ hasText: 'is not there' }).waitFor();
	await both(d, 'a refusal');
	await d.keys.press('Escape');
	await add('ops', 'Alt+1', '#add-url', served.url);
	await d.page.getByRole('gridcell', { name: /^ops, .*(Eli Roe|Fay Kim)/ }).first().waitFor();
	const all = await d.page.locator('body').innerText();
	assert.doesNotMatch(all, /4711/);
	assert.match(all, /127\.0\.0\.1/);
	// Removed: the sheet's own key does it, Enter keeps it.
	const remove = d.page.getByRole('button', { name: 'Remove ops' });
	await d.walk('F6', 'section[aria-label="Calendars"]');
	for (let i = 0; i < 10 && !(await remove.evaluate((e) => e === document.activeElement)); i++) await d.keys.press('Tab');
	await d.keys.press('Enter');
	await d.sheet('Remove ops?');
	await both(d, 'the question');
	await d.keys.press('Alt+x');
	await until('it is gone', async () => !(await d.page.getByRole('grid').innerText()).includes('Eli Roe'));
	assert.doesNotMatch(readFileSync(join(d.machine.data, 'calendars.yaml'), 'utf8'), /4711|ops/);
	// Home says who is on now.
	await d.keys.press('Control+1');
	await d.page.getByRole('region', { name: /On call now/ }).getByText('Ana', { exact: true }).waitFor();
	await both(d, 'home');
	await d.keys.press('Control+k');
	await d.keys.type('ana is on');
	await d.page.getByRole('option', { name: /Ana is on call: web/ }).waitFor();
});

test('people and their numbers are found, kept, and saved as a list to be printed', async (t) => {
	const d = await sit(t, { before: async (m) => (await month(m), await m.qd('declare', '--title', 'Checkout fails')) });
	await d.keys.press('Control+k');
	await d.keys.note('People and phone');
	const sheet = await d.sheet('People');
	await sheet.getByText('+351 21 99').waitFor();
	await d.in('Name');
	await d.keys.type('Zoe');
	await sheet.getByText('Nobody of that name yet.').waitFor();
	await d.keys.press('Tab');
	await d.keys.note('+1 555 0100');
	await sheet.getByRole('button', { name: /Zoe/ }).waitFor();
	await both(d, 'people');
	const download = d.page.waitForEvent('download');
	await d.keys.press('Alt+p');
	const page = readFileSync(await (await download).path(), 'utf8');
	assert.match(page, /Dee Marsh[\s\S]*Zoe/);
	assert.match(page, /555 0100/);
	await d.keys.press('Escape');
	await d.closed();
});

for (const theme of ['dark', 'light', 'night'])
	test(`three schedules, a gap, an override and a stale feed, ${theme}`, async (t) => {
		let served;
		const d = await sit(t, {
			clock: true,
			before: async (m) => {
				served = await feed(t, ics(weeks(monday(m.now()), 'Eli Roe', 'Fay Kim')));
				const { mon } = await month(m, served.url);
				await m.qd('config', 'set', 'theme', theme);
				await m.qd('declare', '--title', 'Checkout fails', '--declared-at', new Date(m.now() - 2 * hour).toISOString());
				await m.qd('override', 'add', 'operations', 'Ana Lee', '--from', new Date(mon + 3 * day + 12 * hour).toISOString(), '--to', new Date(mon + 4 * day + 8 * hour).toISOString());
			},
		});
		await calendar(d);
		await d.page.getByRole('gridcell', { name: /^Ops lead, .*(Eli Roe|Fay Kim)/ }).first().waitFor();
		served.breaks();
		await d.machine.advance(3 * hour);
		await d.page.getByRole('region', { name: 'Calendars' }).getByText('stale').first().waitFor();
		await d.page.getByRole('gridcell', { name: /Ana Lee .*override/ }).first().waitFor({ state: 'attached' });
		for (const size of [{ width: 1440, height: 900 }, { width: 1024, height: 700 }]) {
			await d.page.setViewportSize(size);
			for (const view of ['week', 'month']) {
				await d.page.getByRole('button', { name: view === 'week' ? 'Month' : 'Week', exact: false }).first().waitFor();
				await both(d, `${theme} ${view} ${size.width}`);
				if (process.env.PHOTOS) await d.page.screenshot({ path: join(process.env.PHOTOS, `${theme}-${view}-${size.width}.png`) });
				await d.keys.press('m');
				if (view === 'month') await d.keys.press('z');
				await until('the other view', async () => (await d.page.getByRole('gridcell').count()) > 60 === (view === 'week'));
			}
		}
	});
