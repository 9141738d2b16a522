// What no screen may have: something that hinders who cannot see it well, or something cut off.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** clean fails with what axe finds on the page as it stands. */
async function clean(d, where) {
	const found = await d.page.evaluate(
		async ([source, only]) => {
			if (!window.axe) (0, eval)(source);
			const { violations } = await window.axe.run(document, { runOnly: only });
			return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
		},
		[axe, rules],
	);
	assert.deepEqual(found, [], where);
}

/** whole fails when the page is wider than the window, or a bar is not in sight. */
export async function whole(d, where) {
	const cut = await d.page.evaluate(() => {
		const out = [];
		if (document.documentElement.scrollWidth > innerWidth) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
		for (const e of document.querySelectorAll('header, nav:not(dialog *), #line, dialog[open], dialog[open] footer')) {
			const r = e.getBoundingClientRect();
			if (r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || r.left < -1 || r.top < -1) out.push(`${e.tagName} ${e.id} ${Math.round(r.right)}×${Math.round(r.bottom)}`);
		}
		for (const v of document.querySelectorAll('nav[aria-label="Annunciators"] .v')) if (v.scrollWidth > v.clientWidth + 1 && v.getBoundingClientRect().width > 0) out.push(`the annunciator cuts ${v.textContent}`);
		return out;
	});
	assert.deepEqual(cut, [], where);
}

/** both looks for either. */
export async function both(d, where) {
	await clean(d, where);
	await whole(d, where);
}
