// The long check of every release: every screen in every theme, with text of every size and in either font.
import { test } from 'node:test';
import { sit } from '../harness/desk.mjs';
import { both } from '../harness/look.mjs';
import { everyPage, everyScreen, everySheet, late, written } from '../harness/screens.mjs';

/** looking is a folder with settings and an incident with something of everything. */
const looking = (theme, size, font) => async (m) => {
	await m.qd('config', 'set', 'size', String(size));
	await m.qd('config', 'set', 'font', font);
	await written(m, theme);
};

for (const theme of ['dark', 'light', 'night'])
	for (const [size, font] of [
		[100, 'inter'],
		[90, 'inter'],
		[125, 'atkinson'],
	])
		test(`every screen in ${theme} at ${size} % in ${font}`, async (t) => {
			await everyScreen(await sit(t, { before: looking(theme, size, font) }), both, theme);
		});

for (const theme of ['dark', 'light', 'night'])
	for (const size of [160, 175])
		for (const [width, height] of [
			[1440, 900],
			[1024, 700],
		])
			test(`one column in ${theme} at ${size} %, ${width} wide`, async (t) => {
				const d = await sit(t, { size: { width, height }, before: looking(theme, size, 'inter') });
				for (const tab of ['Checklist', 'Board', 'Log']) {
					await d.page.getByRole('button', { name: tab, exact: true }).click();
					await both(d, `${tab}, ${size} %`);
				}
				await everySheet(d, both, `${size} %`);
				await everyPage(d, both, `${size} %`);
			});

for (const theme of ['dark', 'light', 'night'])
	test(`what is late, what came due in sleep and what is not saved, in ${theme}`, async (t) => {
		await late(await sit(t, { clock: true }), both, theme);
	});

for (const colorScheme of ['dark', 'light'])
	test(`more contrast, in ${colorScheme}`, async (t) => {
		const d = await sit(t, { before: looking('system', 100, 'inter') });
		await d.page.emulateMedia({ colorScheme, contrast: 'more' });
		await both(d, `more contrast, ${colorScheme}`);
	});
