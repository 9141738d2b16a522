// Pictures of every screen, in three themes and two sizes, on the GitLab outage of 2017: npm run shots. They are for looking
// at, and prove nothing. With PICTURES=1 those that the README shows are written anew as well.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';

const root = join(import.meta.dirname, '../..');
const shots = join(root, 'build/bin/shots');
const shown = ['live-dark', 'live-light', 'live-night', 'palette-dark', 'update-dark', 'gate-dark', 'live-1024-light', 'retro-dark', 'roles-dark', 'severity-dark'];
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
			const d = await sit(t, { name: '', clock: true, size, before: async (m) => (await m.play('gitlab-2017'), await lit(m)) });
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
				['Control+3', 'Outbox', 'outbox'],
				['Control+Shift+o', 'Routes', 'routes'],
				['Control+Shift+h', 'Hand command over', 'handoff'],
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
			await d.keys.press('Control+f');
			await d.page.locator('#find').waitFor();
			await d.keys.type('replica');
			await shoot(d, named('find'));
			await d.keys.press('Escape');
			for (const [chord, screen, there] of [
				['Control+4', 'calendar', 'nav[aria-label="Calendar"]'],
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
	}
