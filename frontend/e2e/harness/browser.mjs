// Chromium, started once a file; each test has a window of its own in it.
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { patience } from './until.mjs';

let running;

/** browser starts Chromium, or answers with the one that runs. */
export function browser() {
	running ??= chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--force-color-profile=srgb'] });
	return running;
}

after(async () => (await running)?.close());

/** watched collects what goes wrong in a window, and what is asked of anybody but its origin. */
function watched(context, origin) {
	const troubles = [];
	context.on('request', (r) => {
		const url = r.url();
		if (!url.startsWith(`${origin}/`) && !url.startsWith('blob:') && !url.startsWith('data:')) troubles.push(`asked ${url}`);
	});
	context.on('page', (page) => {
		page.on('pageerror', (e) => troubles.push(`threw ${e.stack ?? e}`));
		page.on('console', (m) => m.type() === 'error' && troubles.push(`said ${m.text()}`));
	});
	return troubles;
}

/** windowOf opens an empty window that will look at one origin. */
export async function windowOf(origin, size = { width: 1440, height: 900 }) {
	const context = await (await browser()).newContext({ viewport: size, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', acceptDownloads: true });
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
	context.setDefaultTimeout(patience);
	const troubles = watched(context, origin);
	return { context, troubles, page: await context.newPage() };
}
