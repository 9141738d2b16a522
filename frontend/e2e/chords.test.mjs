// Every chord that the page names works in a real window of Chromium, which keeps some for itself.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { Machine } from './harness/machine.mjs';
import { patience, until } from './harness/until.mjs';

const run = promisify(execFile);
const found = (name) => (process.env.PATH ?? '').split(':').some((dir) => existsSync(`${dir}/${name}`));
const missing = ['Xvfb', 'xdotool', 'openbox', 'setxkbmap'].filter((name) => !found(name));

/** display starts a virtual screen with a window manager and answers with its name. */
async function display(t) {
	const x = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
	t.after(() => x.kill());
	const name = await new Promise((done) => createInterface(x.stdio[3]).once('line', (line) => done(`:${line.trim()}`)));
	const manager = spawn('openbox', ['--sm-disable'], { env: { ...process.env, DISPLAY: name }, stdio: 'ignore' });
	t.after(() => manager.kill());
	return name;
}

/** inWindow opens the cockpit in a real window of Chromium and answers with a hand that presses real keys. */
async function inWindow(t) {
	const machine = new Machine();
	t.after(() => machine.remove());
	await machine.qd('config', 'set', 'name', 'ana');
	await machine.qd('declare', '--title', 'Checkout fails');
	const face = await machine.face();
	t.after(() => face.stop());
	const DISPLAY = await display(t);
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: false, env: { ...process.env, DISPLAY, HOME: machine.home } });
	t.after(() => browser.close());
	const page = await browser.newPage({ viewport: null });
	page.setDefaultTimeout(patience);
	await page.goto(face.link);
	await page.getByRole('heading', { name: /^INC-1 / }).waitFor();
	await page.bringToFront();
	const press = (chord) => run('xdotool', ['key', '--clearmodifiers', chord], { env: { ...process.env, DISPLAY } });
	await page.evaluate(() => window.addEventListener('keydown', (e) => !['Control', 'Shift', 'Alt'].includes(e.key) && (window.seen = (window.seen ?? 0) + 1), true));
	await until('the window hears keys', async () => {
		await press('F1');
		return (await page.getByRole('dialog', { name: 'Keys' }).count()) > 0;
	});
	return { browser, page, press, DISPLAY };
}

/** asXdotool writes "Ctrl Shift M", as it stands on the page, for xdotool. */
const names = { Esc: 'Escape', PgDn: 'Next', PgUp: 'Prior', '↑': 'Up', '↓': 'Down', ',': 'comma', '=': 'equal', '-': 'minus', Ctrl: 'ctrl', Alt: 'alt', Shift: 'shift' };
const asXdotool = (label) => label.trim().split(/\s+/).map((k) => names[k] ?? (k.length === 1 ? k.toLowerCase() : k)).join('+');

test('every chord that F1 lists reaches the page in a real window', { skip: missing.length > 0 && `not here: ${missing.join(', ')}` }, async (t) => {
	const { browser, page, press } = await inWindow(t);

	// Arrows keep their ordinary meaning while there is nothing for them to do; every other chord must be taken.
	await page.evaluate(() => {
		const alone = ['Control', 'Shift', 'Alt'];
		const free = ['ArrowUp', 'ArrowDown'];
		window.addEventListener('keydown', (e) => !alone.includes(e.key) && (e.defaultPrevented || free.includes(e.key)) && (window.taken = e.key), true);
	});
	const chords = await page.getByRole('dialog', { name: 'Keys' }).locator('section:nth-of-type(-n+2) .row kbd').allInnerTexts();
	assert.ok(chords.length > 15, chords.join(', '));

	const deaf = [];
	for (const chord of chords) {
		if (/^(F11)$/.test(chord)) continue;
		await press('Escape');
		await page.waitForFunction(() => !document.querySelector('dialog[open]') && document.activeElement?.id === 'line');
		if (chord === 'Ctrl O') continue; // it leaves the incident: the last of all
		await page.evaluate(() => (window.taken = ''));
		await press(asXdotool(chord));
		const heard = await page.waitForFunction(() => window.taken !== '', undefined, { timeout: 3000 }).catch(() => null);
		if (!heard) deaf.push(chord);
	}
	assert.deepEqual(deaf, [], 'chords that the browser keeps');
	assert.equal(browser.contexts()[0].pages().length, 1, 'no tab or window was opened');
	await press('Escape');
	await press('ctrl+o');
	await page.getByRole('heading', { name: 'Under way' }).waitFor();
});

// On each layout: the keys of a US keyboard that are pressed together with Ctrl or Alt, and what must open. The code is
// that of the key's place, so this is what a hand does.
const place = { a: 38, e: 26, k: 45, l: 46, n: 57, q: 24, u: 30, v: 55, x: 53, z: 52, y: 29, semicolon: 47, comma: 59, one: 10 };
const layouts = {
	us: { k: 'Commands', u: /^Update/, e: 'How bad is it?', comma: 'Settings' },
	de: { k: 'Commands', u: /^Update/, comma: 'Settings' },
	fr: { k: 'Commands', u: /^Update/, semicolon: null },
	'us(dvorak)': { v: 'Commands', f: null, q: null, z: null },
	ru: { k: 'Commands', u: /^Update/, e: 'How bad is it?' },
	gr: { k: 'Commands', u: /^Update/ },
};

test('chords are found on QWERTZ, AZERTY, Dvorak, Cyrillic and Greek', { skip: missing.length > 0 && `not here: ${missing.join(', ')}` }, async (t) => {
	const { page, press, DISPLAY } = await inWindow(t);
	for (const [layout, keys] of Object.entries(layouts)) {
		const [, name, variant] = /^(\w+)(?:\((\w+)\))?$/.exec(layout);
		await run('setxkbmap', [name, ...(variant ? ['-variant', variant] : [])], { env: { ...process.env, DISPLAY } });
		for (const [key, opens] of Object.entries(keys)) {
			if (!place[key]) continue;
			await t.test(`${layout}: Ctrl with the key at ${key} opens ${opens ?? 'nothing'}`, async () => {
				await press('Escape');
				await page.waitForFunction(() => !document.querySelector('dialog[open]') && document.activeElement?.id === 'line');
				await page.evaluate(() => (window.seen = 0));
				await press(`ctrl+${place[key]}`);
				await page.waitForFunction(() => window.seen > 0);
				if (opens) await page.getByRole('dialog', { name: opens }).waitFor();
				else assert.equal(await page.locator('dialog[open]').count(), 0);
			});
		}
		await t.test(`${layout}: Alt with the key of 1 takes the first choice`, async () => {
			await press('Escape');
			await page.waitForFunction(() => !document.querySelector('dialog[open]') && document.activeElement?.id === 'line');
			await press('Escape');
			await page.evaluate(() => document.activeElement?.blur());
			await page.keyboard.press('Control+Shift+m');
			const sheet = page.getByRole('dialog', { name: 'Move the phase' });
			await sheet.waitFor();
			const first = sheet.locator('input[name="phase"]').first();
			const second = sheet.locator('input[name="phase"]').nth(1);
			await page.keyboard.press('Alt+2');
			await page.waitForFunction((e) => e.checked, await second.elementHandle());
			await press(`alt+${place.one}`);
			await page.waitForFunction((e) => e.checked, await first.elementHandle());
		});
	}
});
