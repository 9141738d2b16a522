// Every screen of the cockpit, one after the other.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** sheets are all of them: the chord that opens one, and its name. */
const sheets = [
	['Control+u', /Update for/],
	['Control+e', 'How bad is it?'],
	['Control+r', 'Roles'],
	['Control+Shift+m', 'Move the phase'],
	['F8', 'Do you need help?'],
	['F9', 'Announce a change'],
	['Control+Shift+p', 'Playbooks'],
	['Control+3', 'Outbox'],
	['Control+Shift+o', 'Routes'],
	['Control+i', 'Declare an incident'],
	['Control+Shift+h', 'Hand command over'],
	['Control+Shift+j', 'What is due'],
	['Control+,', 'Settings'],
	['F1', 'Keys'],
	['Control+k', 'Commands'],
];

/** afterwards are the pages for after "resolved", by their chords. */
const afterwards = [
	['Control+5', /^Retrospective INC-1/],
	['Control+8', /^Clean-up of/],
	['Control+9', 'What incidents take in a year'],
];

/** ways writes routes to servers that are not there: what leaves by them waits. */
function ways(m) {
	mkdirSync(m.data, { recursive: true, mode: 0o700 });
	const nowhere = 'api_url: "http://127.0.0.1:9/", secret: chat';
	writeFileSync(join(m.data, 'routes.yaml'), `routes:\n  support-chat: {medium: slack, channel: C0SUPPORT1, ${nowhere}}\n  support-backup: {medium: slack, channel: C0SUPPORT2, ${nowhere}}\naudiences:\n  support: [support-chat, support-backup]\n  leadership: [support-backup]\n`, { mode: 0o600 });
	m.env.QUARTERDECK_SECRET_CHAT = 'xoxb-of-a-test';
}

/** pages stand in place of the incident: the chord that turns there, and what they show once all of it is there. */
const pages = [
	['Control+4', 'nav[aria-label="Calendar"]'],
	['Control+6', '[data-first]'],
	['Control+7', 'h1:has-text("Cost of") ~ p b'],
];

/** everyPage turns to one after the other and looks at it. */
export async function everyPage(d, look, where) {
	for (const [chord, there] of pages) {
		await d.keys.press(chord);
		await d.page.locator(there).first().waitFor();
		await look(d, `${where} ${chord}`);
		await d.keys.press('Control+1');
		await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	}
	await d.keys.press('Control+f');
	await d.page.locator('#find').waitFor();
	await d.keys.type('cache');
	await look(d, `${where} find`);
	await d.keys.press('Escape');
}

/** written is an incident with something of everything in it. */
export async function written(m, theme) {
	await m.qd('config', 'set', 'theme', theme);
	ways(m);
	await m.qd('declare', '--title', 'Search is slow', '--severity', 'SEV2', '--declared-at', new Date(Date.now() - 31 * 60_000).toISOString());
	await m.qd('log', '@ben look at the index 5m');
	await m.qd('log', '?Is the cache warm');
	await m.qd('log', '!Warm the cache by hand because reads miss but it costs ten minutes');
	await m.qd('log', '/expect misses below 5 % 10m');
	await m.qd('log', '/change search index: rebuild shard 4');
	await m.qd('log', '/hypothesis the cache was emptied by the deployment');
	await m.qd('update', '--audience', 'support', '--text', 'The search answers late. We look at its index.', '--next', '30m', '--no-wait');
	await m.qd('note', 'a long line '.repeat(40));
}

/** everySheet opens one after the other, the one for the phase as the gate, and looks at it. */
export async function everySheet(d, look, where) {
	for (const [chord, name] of sheets) {
		await d.keys.press(chord);
		const sheet = await d.sheet(name);
		if (name === 'Move the phase') await d.chooses(sheet, 'Resolved');
		await look(d, `${where} ${name}`);
		await d.keys.press('Escape');
		await d.closed();
	}
}

/** everyScreen walks through all of them in one theme and looks at each; opening is at least 1200 px wide, or has a strip. */
export async function everyScreen(d, look, theme) {
	await look(d, `${theme} live`);
	await d.keys.press('Control+d');
	await look(d, `${theme} item`);
	await d.keys.press('Escape');
	await everySheet(d, look, theme);
	await everyPage(d, look, theme);
	await d.keys.press('Control+Shift+k');
	await d.page.waitForFunction(() => document.activeElement?.id === 'search');
	await d.keys.type('the kind:question kind:decision person:zoe person:ana');
	await d.page.getByText(/2 entries, the newest first/).waitFor();
	await look(d, `${theme} search`);
	await d.page.setViewportSize({ width: 1024, height: 700 });
	await look(d, `${theme} search, small`);
	await d.page.setViewportSize({ width: 1440, height: 900 });
	await d.page.locator('#search').fill('');
	await d.keys.press('Escape');
	await d.page.setViewportSize({ width: 1024, height: 700 });
	await look(d, `${theme} live, small`);
	await d.keys.press('Control+2');
	await look(d, `${theme} board, small`);
	await d.keys.press('Escape');
	for (const [chord, name] of afterwards) {
		await d.keys.press(chord);
		await d.page.getByRole('heading', { name }).waitFor();
		await look(d, `${theme} ${chord}, small`);
		await d.page.setViewportSize({ width: 1440, height: 900 });
		await look(d, `${theme} ${chord}`);
		await d.page.setViewportSize({ width: 1024, height: 700 });
	}
	await d.keys.press('Control+o');
	await d.page.getByRole('heading', { name: 'Under way' }).waitFor();
	await look(d, `${theme} home, small`);
	await d.page.setViewportSize({ width: 1440, height: 900 });
	await look(d, `${theme} home`);
}

/** late brings about what is late, what came due in sleep and what is not saved, and looks at it. */
export async function late(d, look, theme) {
	await d.qd('config', 'set', 'theme', theme);
	await d.page.waitForFunction((x) => document.documentElement.dataset.theme === x, theme);
	await d.declared();
	await d.keys.note('@ben look at the index 5m');
	await d.machine.move('suspend 20m');
	await d.page.getByRole('region', { name: 'While you were away' }).waitFor();
	await d.page.getByRole('alert').filter({ hasText: 'Customers' }).waitFor({ state: 'attached' });
	await look(d, `${theme} away and late`);
	await d.page.setViewportSize({ width: 1024, height: 700 });
	await look(d, `${theme} away and late, small`);
	await d.page.setViewportSize({ width: 1440, height: 900 });
	d.expected.push(/Failed to load resource|ERR_/);
	await d.face.kill();
	await d.sees('Connection lost');
	await d.keys.note('typed while it was away');
	await d.sees('NOT SAVED');
	await look(d, `${theme} not saved`);
}
