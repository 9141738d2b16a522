// The incident's channel: what declaring will open is shown while it is typed, its steps as they happen, and its end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sit } from './harness/desk.mjs';
import { both } from './harness/look.mjs';
import { outside } from './harness/outside.mjs';
import { until } from './harness/until.mjs';

/** hosted sits down where a route opens channels and announces them. */
async function hosted(t, world) {
	const opens = ', incident_channel: "inc_{name}_{2jan2006}", broadcast: C0GENERAL1, document: "https://docs.example/incident"';
	return sit(t, { prepare: (m) => world.routes(m, opens) });
}

test('a channel that Slack refuses for a reason that nobody knows says so, and one key tries it again', async (t) => {
	const world = await outside(t);
	world.refuses = ['conversations.create'];
	const d = await hosted(t, world);
	await d.keys.press('Control+i');
	await d.sheet('Declare an incident');
	await d.keys.type('Checkout fails');
	await d.keys.press('Enter');
	await d.closed();
	const card = d.page.getByRole('region', { name: 'The channel is not open' });
	await card.getByText(/failed – .*steps wait for it/i).waitFor({ timeout: 30_000 });
	await both(d, 'a channel that is not open');
	world.refuses = [];
	await d.keys.press('Alt+y');
	await until('the channel is open', () => world.channels.length === 1);
	await d.page.getByRole('region', { name: 'The channel is open' }).waitFor();
});

test('the name of the channel follows the title, the steps show themselves, resolving ends it', async (t) => {
	const world = await outside(t);
	world.refuses = ['pins.add'];
	const d = await hosted(t, world);
	await d.keys.press('Control+i');
	const sheet = await d.sheet('Declare an incident');
	await d.keys.type('Zahlung schlägt fehl 🔥');
	await sheet.getByRole('group', { name: /Channel/ }).locator('label.on').filter({ hasText: /#inc_zahlung-schlaegt-fehl_/ }).waitFor();
	await sheet.getByText(/announces the incident in C0GENERAL1/).waitFor();
	assert.equal(await sheet.getByText(/Nobody is messaged/).count(), 0, 'somebody is');
	await both(d, 'declaring with a channel');
	await d.keys.press('Alt+c');
	const chosen = await until('the other name is chosen', async () => sheet.getByRole('group', { name: /Channel/ }).locator('label.on').textContent());
	assert.match(chosen, /^\s*#\d{4}-\d\d-\d\d-\d{4}-zahlung-schlaegt-fehl/);
	await d.keys.press('Enter');
	await d.closed();
	const card = d.page.getByRole('region', { name: /the channel/i });
	await card.getByText('1 step of the channel to do by hand').waitFor();
	await card.getByText(/Pin the status: failed/).waitFor();
	await both(d, 'the steps of the channel');
	assert.equal(world.channels.length, 1);
	assert.equal(`#${world.channels[0].name}`, chosen.trim());
	assert.equal(JSON.parse(world.said('C0GENERAL1')).length, 1, 'announced, although a step failed');
	await d.keys.press('Control+3');
	const box = await d.sheet('Outbox');
	await box.getByText('Pin the status message.').waitFor();
	await d.keys.press('Alt+m');
	await d.keys.note('by hand');
	await box.getByText(/failed –/).waitFor({ state: 'detached' });
	await d.keys.press('Escape');
	await d.closed();

	await d.keys.press('Control+Shift+m');
	const gate = await d.sheet('Move the phase');
	await d.chooses(gate, 'Resolved');
	await d.page.waitForFunction(() => document.getElementById('ends') !== null);
	await d.keys.press('Alt+s');
	await d.keys.type('rolled back');
	await d.keys.press('Alt+a');
	await both(d, 'resolving with a channel');
	for (const why of await gate.locator('input[id^="exit-"]').all()) await why.fill('a test');
	await d.keys.press('Control+Enter');
	await until('the channel is archived', () => world.channels[0].is_archived === true);
	assert.match(world.said(world.channels[0].id), /rolled back/);
	assert.equal(JSON.parse(world.said('C0GENERAL1')).length, 2);
	const rows = await d.qd('timeline', 'INC-1');
	const said = JSON.stringify(rows);
	assert.match(said, /Pinning the status in the channel was refused by war-room/);
	assert.doesNotMatch(said, /A post/);
});
