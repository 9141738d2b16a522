// A desk is what a commander sits at in one test: a folder, the running face, a page and a keyboard.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { windowOf } from './browser.mjs';
import { Keys } from './keys.mjs';
import { Machine } from './machine.mjs';
import { until } from './until.mjs';

/**
 * sit sets a desk up for one test and clears it away afterwards. Without a name the page asks for it; prepare may write files
 * into its folder, before an incident; what before writes opens with the heading that opens matches. With a folder in the variable PHOTOS it leaves a picture of how the test ended.
 */
export async function sit(t, { name = 'ana', clock = false, light = false, prepare, before, opens = /^INC-1 /, size } = {}) {
	const machine = new Machine(light);
	machine.clocked = clock;
	let desk;
	t.after(async () => {
		try {
			if (desk && process.env.PHOTOS) await desk.page.screenshot({ path: join(process.env.PHOTOS, `${t.name.replace(/\W+/g, '-')}.png`) });
			await desk?.leave();
		} finally {
			machine.remove();
		}
	});
	if (name) await machine.qd('config', 'set', 'name', name);
	prepare?.(machine);
	await before?.(machine);
	const face = await machine.face();
	desk = new Desk(machine, face, await windowOf(face.origin, size));
	await desk.enter(face.link);
	if (before) await desk.page.getByRole('heading', { name: opens }).waitFor();
	return desk;
}

export class Desk {
	constructor(machine, face, { context, troubles, page }) {
		Object.assign(this, { machine, face, context, troubles, page, keys: new Keys(page) });
		this.expected = []; // troubles that the test itself makes
	}

	qd(...args) {
		return this.machine.qd(...args);
	}

	/** enter opens a link; the page is ready when something to type in has the focus. */
	async enter(link) {
		await this.page.goto(link);
		await this.page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement || document.activeElement?.id === 'name');
	}

	async leave() {
		await this.context.close();
		await this.face.stop();
		const left = this.troubles.filter((t) => !this.expected.some((e) => e.test(t)));
		assert.deepEqual(left, [], 'the page had no errors and asked nobody else');
	}

	/** walk presses a key until the focus is where it should be; not more than a page has places. */
	async walk(key, where) {
		for (let i = 0; i < 60; i++) {
			await this.keys.press(key);
			if (await this.page.evaluate((w) => Boolean(document.activeElement?.closest(w)), where)) return;
		}
		throw new Error(`${key} never reaches ${where}`);
	}

	/** in waits until the focus is in a field, by its label. */
	async in(label) {
		await this.page.waitForFunction((l) => [...(document.activeElement?.labels ?? [])].some((x) => x.textContent.includes(l)) || document.activeElement?.getAttribute('aria-label')?.includes(l), label);
	}

	/** sees waits until a text stands on the page. */
	sees(text) {
		return this.page.getByText(text).first().waitFor();
	}

	/** sheet waits for a sheet by its name. */
	async sheet(name) {
		const sheet = this.page.getByRole('dialog', { name });
		await sheet.waitFor();
		return sheet;
	}

	/** closed waits until no sheet is open and the log line has the focus. */
	async closed() {
		await this.page.waitForFunction(() => !document.querySelector('dialog[open]') && document.activeElement?.id === 'line');
	}

	/** declared opens an incident with a chord, a title and Enter. */
	async declared(title = 'Checkout fails for EU customers') {
		await this.keys.press('Control+i');
		await this.sheet('Declare an incident');
		await this.keys.note(title);
		await this.page.getByRole('heading', { name: `INC-1 ${title}` }).waitFor();
		await this.closed();
	}

	/** chooses presses the chord that stands beside a choice of a sheet. */
	async chooses(sheet, name) {
		const chord = await sheet.locator('label').filter({ hasText: name }).locator('kbd').first().innerText();
		await this.keys.press(chord.replace(/^Alt\s*\+?\s*/, 'Alt+'));
	}

	line() {
		return this.page.locator('#line').inputValue();
	}

	focus() {
		return this.page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
	}

	show() {
		return this.qd('show', 'INC-1');
	}

	timeline() {
		return this.qd('timeline', 'INC-1');
	}

	/** recorded waits for records that a test looks for and answers with them. */
	async recorded(what, like, count = 1) {
		return until(what, async () => {
			const found = (await this.timeline()).filter(like);
			return found.length >= count && found;
		});
	}

	clipboard() {
		return this.page.evaluate(() => navigator.clipboard.readText());
	}
}
