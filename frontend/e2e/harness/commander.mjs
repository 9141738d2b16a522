// A commander's hand: everything that a written incident asks of whoever sits at the page, by keyboard.
import assert from 'node:assert/strict';
import { colon } from './script.mjs';
import { until } from './until.mjs';

const inFocus = (d, selector, words) =>
	d.page.evaluate(([s, w]) => Boolean(document.activeElement?.matches(s) && document.activeElement.textContent.includes(w)), [selector, words]);

/** opens walks to the row of a pane that has the words, and opens it. */
async function opens(d, pane, words) {
	const row = `${pane} button`;
	await d.page.locator(row).filter({ hasText: words }).first().waitFor();
	await d.walk('F6', pane);
	for (let i = 0; i < 60 && !(await inFocus(d, row, words)); i++) await d.keys.press('Tab');
	await d.keys.press('Enter');
	await d.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
}

const board = '.situation';
const named = async (d, list, id) => (await d.show())[list].find((x) => x.id === id).text;

/** lines types one into the log line and waits until it is on disk. */
async function lines(d, text) {
	await d.keys.note(text);
	await d.page.waitForFunction(() => document.getElementById('line').value === '' && !document.querySelector('#timeline .pending'));
}

/** acts by their verb: each presses keys until the page has taken what it is given. */
export const acts = {
	async declare(d, rest) {
		const [, severity, title] = /^(SEV\d) (.+)$/.exec(rest);
		await d.keys.press('Control+i');
		const sheet = await d.sheet('Declare an incident');
		await d.keys.type(title);
		const radio = sheet.getByRole('radio', { name: severity });
		await d.walk('Tab', 'fieldset:has(input[name="severity"])');
		for (let i = 0; i < 6 && !(await radio.isChecked()); i++) await d.keys.press('ArrowRight');
		await d.keys.press('Enter');
		await d.page.getByRole('heading', { name: `INC-1 ${title}` }).waitFor();
		await d.closed();
	},

	note: lines, // none in a story begins with a sign
	typed: lines,
	impact: (d, rest) => lines(d, `/impact ${rest}`),
	goal: (d, rest) => lines(d, `/goal ${rest}`),
	cause: (d, rest) => lines(d, `/cause ${rest}`),

	async severity(d, rest) {
		await d.keys.press('Control+e');
		await d.sheet('How bad is it?');
		await d.keys.press(`Alt+${colon(rest)[0].slice(-1)}`, 'Control+Enter');
		await d.closed();
	},

	/** phase moves it; on the way out it books the retrospective where the script does so next. */
	async phase(d, rest, booked) {
		await d.keys.press('Control+Shift+m');
		const sheet = await d.sheet('Move the phase');
		await d.chooses(sheet, new RegExp(`^\\s*${rest}`, 'i'));
		if (booked) {
			await d.walk('Tab', '#retro-owner');
			await d.keys.press('Control+a');
			await d.keys.type(booked.owner);
			await d.keys.press('Tab', 'Control+a');
			await d.keys.type(booked.date);
		}
		await d.keys.press('Control+Enter');
		await until(`phase ${rest}`, async () => (await d.show()).phase === rest);
		if (rest !== 'resolved') await d.closed();
	},

	async role(d, rest) {
		const [role, name] = colon(rest);
		await d.keys.press('Control+r');
		await d.sheet('Roles');
		await d.keys.note(role);
		await d.in('Who takes');
		await d.keys.note(name);
		await until(`${name} has ${role}`, async () => (await d.show()).roles.some((r) => r.role === role && r.holder === name));
		await d.keys.press('Escape');
		await d.closed();
	},

	async check(d, rest) {
		const [head, value] = colon(rest);
		const [id] = head.split(' ');
		await opens(d, 'section[aria-label="Checklist"]', await named(d, 'checklist', id));
		await d.keys.note(value);
		await d.closed();
	},

	async exit(d, rest) {
		const [head, value] = colon(rest);
		const [id] = head.split(' ');
		await opens(d, board, await named(d, 'criteria', id));
		await d.keys.note(value);
		await d.closed();
	},

	async done(d, rest) {
		const [words, result] = colon(rest);
		await opens(d, board, words);
		await d.keys.note(result);
		await d.closed();
	},

	async drop(d, rest) {
		const [words, why] = colon(rest);
		await opens(d, board, words);
		await d.keys.type(why);
		await d.keys.press('Alt+d');
		await d.closed();
	},

	async extend(d, rest) {
		const [words, more] = colon(rest);
		await opens(d, board, words);
		await d.keys.press({ '5m': 'Alt+5', '10m': 'Alt+0' }[more]);
		await d.closed();
	},

	async answer(d, rest) {
		const [words, text] = colon(rest);
		await opens(d, board, words);
		await d.keys.note(text);
		await d.closed();
	},

	async update(d, rest) {
		const [, audience, state, , next, how, text] = /^(\w+) (\w+)( next (\w+))? by "([^"]+)": (.+)$/.exec(rest);
		if ((await d.page.getByRole('dialog').count()) === 0) await d.keys.press('Control+u');
		const sheet = await d.sheet(/^Update/);
		const row = sheet.getByRole('navigation', { name: 'To whom' }).getByRole('button').filter({ hasText: new RegExp(audience, 'i') });
		const drafted = d.page.waitForResponse((r) => r.url().endsWith('/api/Draft') && r.request().postData().includes(`"${audience}"`));
		await d.keys.press((await row.locator('kbd').innerText()).replace(/\W+/, '+'));
		await drafted;
		await until(`a draft for ${audience}`, async () => new RegExp(audience, 'i').test(await sheet.getAttribute('aria-label')) && (await sheet.locator('pre').textContent()) !== '');

		const radio = sheet.getByRole('radio', { name: new RegExp(`^${state}`, 'i') });
		if (!(await radio.isChecked())) {
			await d.walk('Shift+Tab', 'fieldset:has(input[name="state"])');
			for (let i = 0; i < 4 && !(await radio.isChecked()); i++) await d.keys.press('ArrowRight');
		}
		if ((await d.focus()) !== 'text') await d.walk('Tab', '#text');
		await d.keys.press('Control+a');
		await d.page.keyboard.insertText(text); // at once, as from the clipboard
		if (next) {
			await d.keys.press('Alt+n', 'Control+a');
			await d.keys.type(next);
		}
		assert.equal(await sheet.locator('pre').textContent(), text, 'the preview is what was typed');
		await d.keys.press('Alt+m');
		await d.in('Sent by');
		await d.keys.note(how);
		await until(`${audience} was told`, async () => {
			const kept = (await d.show()).audiences.find((a) => a.audience === audience);
			return kept?.text === text && kept.state === state;
		});
		if ((await d.page.getByRole('dialog').count()) > 0) await d.keys.press('Escape');
		await d.closed();
	},

	/** back, judged and shared are said on the page of the clean-up. */
	async back(d, name) {
		await d.keys.press('Control+8');
		const button = d.page.getByRole('button', { name: `${name} is back at other work` });
		await button.waitFor();
		await d.walk('Tab', `button[aria-label="${name} is back at other work"]`);
		await d.keys.press('Enter');
		await button.waitFor({ state: 'detached' });
		await d.keys.press('Control+1');
	},

	async judged(d, rest) {
		const [who, what] = colon(rest);
		await d.keys.press('Control+8', 'Alt+i');
		await d.in('Who was hurt, and how many');
		await d.keys.type(who);
		await d.keys.press('Tab');
		await d.keys.note(what);
		await d.page.locator('.ask').waitFor({ state: 'detached' });
		await d.keys.press('Control+1');
	},

	async shared(d, rest) {
		const [who, where] = colon(rest);
		await d.keys.press('Control+8', 'Alt+s');
		await d.in('With whom');
		await d.keys.type(who);
		await d.keys.press('Tab');
		await d.keys.note(where);
		await d.page.locator('.ask').waitFor({ state: 'detached' });
		await d.keys.press('Control+1');
	},

	/** refuse tries what the cockpit must refuse, and closes the sheet. */
	async refuse(d, rest) {
		const [verb, ...others] = rest.split(' ');
		const before = await d.timeline();
		if (verb === 'phase') {
			await d.keys.press('Control+Shift+m');
			await d.chooses(await d.sheet('Move the phase'), new RegExp(`^\\s*${others[0]}`, 'i'));
			await d.keys.press('Control+Enter');
		} else {
			const [role, name] = colon(others.join(' '));
			await d.keys.press('Control+r');
			await d.sheet('Roles');
			await d.keys.note(role);
			await d.in('Who takes');
			await d.keys.note(name);
		}
		const sheet = d.page.getByRole('dialog');
		await sheet.getByRole('alert').or(sheet.locator('.toast.bad')).first().waitFor();
		await d.keys.press('Escape');
		await d.closed();
		assert.deepEqual((await d.timeline()).slice(before.length).map((r) => r.text), [], `${rest} is refused, and leaves nothing behind`);
	},
};
