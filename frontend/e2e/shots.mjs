// Pictures of every screen, in three themes and two sizes, on the GitLab outage of 2017: npm run shots. They are for looking
// at, and prove nothing. With PICTURES=1 those that the README shows are written anew as well.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { written } from './harness/screens.mjs';
import { outside } from './harness/outside.mjs';
import { until } from './harness/until.mjs';

const root = join(import.meta.dirname, '../..');
const shots = join(root, 'build/bin/shots');
const shown = [
	'live-dark', 'live-light', 'live-night', 'palette-dark', 'update-dark', 'gate-dark', 'live-1024-light', 'roles-dark', 'severity-dark',
	'retro-moment-dark', 'cost-dark', 'metrics-dark', 'calendar-dark', 'handoff-dark', 'outbox-dark',
];
const sizes = [
	{ width: 1440, height: 900, mark: '' },
	{ width: 1024, height: 700, mark: '-1024' },
];
mkdirSync(shots, { recursive: true });

/** shoot takes a picture once everything stands still. */
async function shoot(d, name) {
	await d.page.evaluate(async () => {
		await document.fonts.ready;
		await Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined)));
		await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
	});
	await d.page.screenshot({ path: join(shots, `${name}.png`) });
	if (process.env.PICTURES && shown.includes(name)) copyFileSync(join(shots, `${name}.png`), join(root, 'assets/pictures', `${name}.png`));
}

for (const { mark, ...size } of sizes)
	for (const theme of ['dark', 'light', 'night']) {
		const named = (screen) => `${screen}${mark}-${theme}`;
		const lit = (m) => m.qd('config', 'set', 'theme', theme);

		test(named('the outage'), async (t) => {
			const out = await outside(t);
			const d = await sit(t, { name: '', clock: true, size, before: async (m) => (await m.play('gitlab-2017'), await lit(m), rota(m), await past(m), out.routes(m)) });
			await d.page.locator('[data-row]').first().waitFor();
			await shoot(d, named('live'));
			await d.keys.press('Control+d');
			await d.page.locator('section[aria-label="Checklist"] input').waitFor();
			await shoot(d, named('item'));
			await d.keys.press('Escape');
			await d.keys.type('!restore from the staging copy because it is the newest we have but six hours of work are lost');
			await d.page.locator('#reading').getByText('DECISION').waitFor();
			await shoot(d, named('line'));
			await d.keys.press('Control+a', 'Backspace');
			if (mark) {
				await d.keys.press('Control+2');
				await shoot(d, named('board'));
				await d.keys.press('Escape');
			}
			await d.keys.press('Control+k');
			await d.sheet('Commands');
			await shoot(d, named('palette'));
			await d.keys.type('sev');
			await shoot(d, named('palette-found'));
			await d.keys.press('Escape');
			for (const [chord, sheet, screen] of [
				['Control+u', /^Update/, 'update'],
				['Control+e', 'How bad is it?', 'severity'],
				['Control+r', 'Roles', 'roles'],
				['Control+Shift+m', 'Move the phase', 'phase'],
				['Control+i', 'Declare an incident', 'declare'],
				['Control+Shift+o', 'Routes', 'routes'],
				['Control+Shift+j', 'What is due', 'due'],
				['Control+,', 'Settings', 'settings'],
				['F1', 'Keys', 'keys'],
			]) {
				await d.keys.press(chord);
				const open = await d.sheet(sheet);
				if (screen === 'update') await open.locator('pre').filter({ hasText: /\w/ }).waitFor();
				await shoot(d, named(screen));
				if (screen === 'phase') {
					await d.chooses(open, 'Resolved');
					await shoot(d, named('gate'));
				}
				await d.keys.press('Escape');
				await d.closed();
			}
			await d.keys.press('Control+3');
			await d.sheet('Outbox');
			await shoot(d, named('outbox-empty'));
			await d.keys.press('Escape');
			await d.closed();
			out.page = '503';
			for (const who of ['support', 'customers', 'responders'])
				await d.qd('update', 'INC-1', '--audience', who, '--text', 'Nobody can reach the site. We restore the database from a copy, which takes until tomorrow morning.', '--next', '30m', '--no-wait');
			await d.machine.advance(7000);
			await until('what can leave has left', async () => (await d.qd('outbox', 'list')).every((r) => r.route === 'page' && r.attempts > 0));
			await d.keys.press('Control+3');
			await d.sheet('Outbox');
			await shoot(d, named('outbox'));
			await d.keys.press('Escape');
			await d.closed();
			await d.keys.press('Control+Shift+h');
			await d.sheet('Hand command over');
			await shoot(d, named('handoff-to'));
			await d.keys.note('engineer 2');
			await d.page.getByText('Said back by').waitFor();
			await shoot(d, named('handoff'));
			await d.keys.press('Alt+x');
			await d.keys.press('Escape');
			await d.closed();
			await d.page.evaluate(() => [...document.querySelectorAll('button')].filter((b) => b.textContent.includes('Dismiss')).forEach((b) => b.click()));
			await d.keys.press('Control+f');
			await d.page.locator('#find').waitFor();
			await d.keys.type('replica');
			await shoot(d, named('find'));
			await d.keys.press('Escape');
			for (const [chord, screen, there] of [
				['Control+4', 'calendar', '[role=grid]'],
				['Control+5', 'retro', 'h1:has-text("Retrospective")'],
				['Control+6', 'metrics', '[data-first]'],
				['Control+7', 'cost', 'h1:has-text("Cost of") ~ p b'],
				['Control+8', 'cleanup', 'h1:has-text("Clean-up of")'],
				['Control+9', 'year', 'h1:has-text("in a year")'],
			]) {
				await d.keys.press(chord);
				await d.page.locator(there).first().waitFor();
				await shoot(d, named(screen));
				await d.keys.press('Control+1');
				await d.page.getByRole('navigation', { name: 'Annunciators' }).waitFor();
			}
			await d.keys.press('Control+5');
			await d.page.locator('h1:has-text("Retrospective")').waitFor();
			await d.walk('F6', '[aria-label="Moments"]');
			await d.keys.press(...Array(11).fill('ArrowDown'));
			await d.page.getByRole('heading', { name: /^Moment / }).waitFor();
			await shoot(d, named('retro-moment'));
			await d.keys.press('Control+1');
			await d.keys.press('Control+o');
			await d.page.getByRole('heading', { name: 'Under way' }).waitFor();
			await shoot(d, named('home'));
			await d.keys.press('ArrowDown', 'Enter');
			await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
			await d.machine.move('suspend 20m');
			await d.page.getByRole('region', { name: 'While you were away' }).waitFor();
			await shoot(d, named('away'));
			await d.face.kill();
			await d.sees('Connection lost');
			await d.keys.note('typed while it was away');
			await d.sees('NOT SAVED');
			await shoot(d, named('lost'));
			d.expected.push(/Failed to load resource|ERR_/);
		});

		test(named('the first start'), async (t) => {
			const d = await sit(t, { name: '', size });
			await lit(d.machine);
			await d.page.waitForFunction((x) => document.documentElement.dataset.theme === x, theme);
			await shoot(d, named('welcome'));
			await d.keys.press('Control+a');
			await d.keys.note('ana');
			await d.closed();
			await shoot(d, named('quiet'));
			await d.declared();
			await shoot(d, named('declared'));
		});

		test(named('everything else'), async (t) => {
			const out = await outside(t);
			const d = await sit(t, { name: '', size, opens: /^INC-\d+ Search is slow/, before: async (m) => (await m.play('checkout', '--whole'), rota(m), await past(m), await written(m, theme), out.routes(m)) });
			const open = async (chord, name, screen) => {
				await d.keys.press(chord);
				await d.sheet(name);
				await shoot(d, named(screen));
			};
			const shut = async () => (await d.keys.press('Escape'), await d.closed());
			const command = async (words) => (await d.keys.press('Control+k'), await d.sheet('Commands'), await d.keys.note(words));
			const turns = async (chord, there, screen) => {
				await d.keys.press(chord);
				await d.page.locator(there).first().waitFor();
				await shoot(d, named(screen));
			};

			// What leaves, and by which way.
			out.page = '503';
			await d.keys.press('Control+u');
			await d.sheet(/^Update/);
			await d.keys.press('Alt+3', 'Alt+4');
			await shoot(d, named('update-ways'));
			await d.keys.press('Control+Enter');
			await d.sees(/Leaves in/);
			await d.keys.press('Escape');
			await d.closed();
			await shoot(d, named('recall'));
			await until('what can leave has left', async () => (await d.qd('outbox', 'list')).every((r) => r.route === 'page' && r.attempts > 0), 20_000);
			await open('Control+3', 'Outbox', 'outbox-posts');
			await shut();
			await open('Control+Shift+o', 'Routes', 'routes-there');
			await shut();

			// Command, on the incident.
			await open('F8', 'Do you need help?', 'need');
			await shut();
			await open('F9', 'Announce a change', 'change');
			await shut();
			await open('Control+Shift+p', 'Playbooks', 'playbooks');
			await shut();
			await d.keys.press('Control+Shift+h');
			await d.sheet('Hand command over');
			await d.keys.note('fay');
			await d.page.getByText('Announcement', { exact: false }).first().waitFor().catch(() => undefined);
			await shoot(d, named('handoff-other'));
			await shut();
			await d.page.evaluate(() => navigator.clipboard.writeText('[2026-03-02 14:02] <ana> errors begin\n[2026-03-02 14:03] <ben> looking\n  at the gateway\n[2026-03-02 14:05] <ben> 504s'));
			await d.keys.press('Control+v');
			await d.sees('3 messages: as dated notes');
			await open('Alt+l', 'Messages as dated notes', 'chat');
			await d.keys.press('Escape', 'Control+a', 'Backspace');
			writeFileSync(join(d.machine.home, 'gateway.txt'), '504 upstream timed out\n'.repeat(40));
			await d.qd('attach', 'INC-' + (await d.qd('list', '--open'))[0].ref.slice(4), join(d.machine.home, 'gateway.txt'));
			await d.page.locator('#timeline').getByText('gateway.txt').first().waitFor();
			await shoot(d, named('live-file'));
			await command('import');
			await d.sheet('Import');
			await shoot(d, named('import'));
			await shut();
			await command('what weighs');
			await d.page.getByRole('dialog').waitFor();
			await shoot(d, named('weigh'));
			await shut();
			await command('people and phone');
			await d.page.getByRole('dialog').waitFor();
			await shoot(d, named('people'));
			await shut();

			// Pages.
			await turns('Control+Shift+k', '#search', 'search-empty');
			await d.keys.type('the');
			await d.page.locator('#hits [role=option]').first().waitFor();
			await shoot(d, named('search'));
			await d.keys.press('Escape', 'Escape');
			await turns('Control+4', '[role=grid]', 'calendar-week');
			await d.keys.press('m');
			await d.page.getByRole('heading', { name: /^[A-Z][a-z]+ 20/ }).waitFor();
			await shoot(d, named('calendar-month'));
			await d.keys.press('Control+1');
			await turns('Control+6', '[data-first]', 'metrics-some');
			await turns('Alt+t', 'table', 'metrics-tables');
			await d.keys.press('Control+1');

			// The one that is over.
			await d.keys.press('Control+o');
			await d.page.getByRole('heading', { name: 'Past' }).waitFor();
			await shoot(d, named('home-some'));
			await d.page.getByRole('button', { name: /^INC-1 / }).or(d.page.locator('[data-incident]').filter({ hasText: 'INC-1 ' })).first().click();
			await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
			await shoot(d, named('over'));
			for (const [chord, there, screen] of [
				['Control+5', 'h1:has-text("Retrospective")', 'retro-whole'],
				['Control+7', 'h1:has-text("Cost of") ~ p b', 'cost-whole'],
				['Control+8', 'h1:has-text("Clean-up of")', 'cleanup-whole'],
				['Control+9', 'h1:has-text("in a year")', 'year-some'],
			])
				await turns(chord, there, screen);
			await d.keys.press('Control+5');
			await d.page.locator('h1:has-text("Retrospective")').waitFor();
			await d.walk('F6', '[aria-label="Moments"]');
			await d.keys.press(...Array(8).fill('ArrowDown'));
			await shoot(d, named('retro-whole-moment'));
			await d.keys.press('Alt+t');
			await d.page.getByText('As it was').first().waitFor();
			await shoot(d, named('then'));
			await d.keys.press('Control+1');
			await d.keys.press('Control+i');
			const sheet = await d.sheet('Declare an incident');
			await d.keys.type('Payments partner times out');
			await d.keys.press('Alt+m', 'Alt+q');
			await shoot(d, named('declare-all'));
			await d.keys.press('Alt+m', 'Alt+q');
			await d.chooses(sheet, 'Drill');
			await d.keys.press('Enter');
			await sheet.getByRole('link').waitFor();
			await shoot(d, named('drill-declared'));
			const [page] = await Promise.all([d.context.waitForEvent('page'), d.keys.press('Enter')]);
			d.expected.push(new RegExp(`^asked ${new URL(page.url()).origin}/`));
			await page.setViewportSize(size);
			await page.getByRole('heading', { name: /^DRILL-1 / }).waitFor();
			await shoot({ page }, named('drill'));
			await page.close();
		});
	}

/** rota is who is on call: the commander's turns without a gap, one on Saturday in those for the words. */
function rota(m) {
	const hour = 3_600_000;
	const week = 7 * 24 * hour;
	const monday = Math.floor((Date.now() + 3 * 24 * hour) / week) * week - 3 * 24 * hour;
	const stamp = (at) => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
	const write = (name, shifts) =>
		writeFileSync(join(m.data, `${name}.ics`), ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...shifts.flatMap(([who, from, to], i) => ['BEGIN:VEVENT', `UID:${i}@${name}`, `DTSTAMP:${stamp(from)}`, `DTSTART:${stamp(from)}`, `DTEND:${stamp(to)}`, `SUMMARY:${who}`, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n'));
	const gap = monday + 5 * 24 * hour + 2 * hour;
	write('command', [-2, -1, 0, 1, 2, 3].map((w) => [w % 2 ? 'Incident lead B' : 'Incident lead A', monday + w * week + 9 * hour, monday + (w + 1) * week + 9 * hour]));
	write('words', [['Writer A', monday - 3 * week, gap], ['Writer B', gap + 4 * hour, monday + 4 * week]]);
	writeFileSync(join(m.data, 'people.yaml'), 'people:\n- {name: Incident lead A, aliases: [a], phone: "+49 30 1234", zone: Europe/Berlin}\n- {name: Incident lead B, aliases: [b], phone: "+351 21 99", zone: Europe/Lisbon}\n', { mode: 0o600 });
	writeFileSync(join(m.data, 'calendars.yaml'), `calendars:\n- {name: command, file: command.ics, role: commander}\n- {name: words, file: words.ics, role: communications}\n`, { mode: 0o600 });
}

/** past is a few incidents that are over, so that figures have dots. */
async function past(m) {
	const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
	for (const [title, severity, service, started, detected, declared] of [
		['Login answers with an empty page', 'SEV2', 'login', 190, 186, 181],
		['Exports arrive twice', 'SEV3', 'exports', 320, 260, 250],
		['Search finds nothing new', 'SEV3', 'search', 560, 500, 470],
	]) {
		const { ref } = await m.qd('declare', '--title', title, '--severity', severity, '--service', service, '--started-at', ago(started), '--detected-at', ago(detected), '--declared-at', ago(declared));
		await m.qd('phase', ref, 'resolved', '--reason', 'the measures were normal for long enough');
	}
}
