import { expect, test } from 'vitest';
import type { PlanView } from '$lib/bridge';
import { planLines, planWord } from './plan';

const noon = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;
const plan = (p: Partial<PlanView>): PlanView => ({
	from: 'SEV2', to: 'SEV1', lower: false, promises: [], required: [], released: [], more: [], less: [], effort: 'all', effortWas: 'all', command: '', retro: 'r', retroWas: 'r', ...p,
});

test('what changes is said as it was and as it is', () => {
	const p = plan({
		promises: [
			{ audience: 'Support', was: noon + 30 * minute, due: noon + 15 * minute, everyWas: 30, every: 15 },
			{ audience: 'Leadership', was: noon + minute, due: noon + minute, everyWas: 60, every: 30 },
			{ audience: 'Customers', was: 0, due: noon, everyWas: 0, every: 30 },
		],
		required: ['Ops lead'], more: ['Data checked'], effort: 'All hands.',
	});
	expect(planLines(p, 0)).toEqual([
		{ name: 'Promises', text: 'Support by 12:15 instead of 12:30, every 15 min instead of 30 · Leadership every 30 min instead of 60 · Customers by 12:00, then every 30 min' },
		{ name: 'Roles', text: 'required from now on: Ops lead · nobody is moved' },
		{ name: 'Exit', text: 'more: Data checked' },
		{ name: 'Effort', text: 'All hands.' },
	]);
	expect(planWord(p, 0)).toBe('SEV2 → SEV1 · Support by 12:15 · Customers by 12:00 · Ops lead required');
});

test('less is said as well, and so is nothing', () => {
	const p = plan({ to: 'SEV4', promises: [{ audience: 'Support', was: noon, due: 0, everyWas: 30, every: 0 }], released: ['Ops lead'], less: ['x'], retro: 'none asked for' });
	expect(planLines(p, 0).map((l) => l.text)).toEqual(['nothing due any more for Support', 'not required any more: Ops lead · nobody is moved', 'less: x', 'all', 'retrospective: none asked for']);
	expect(planWord(p, 0)).toBe('SEV2 → SEV4 · nothing due for Support');
	expect(planLines(plan({ to: 'SEV2' }), 0)).toEqual([{ name: 'Plan', text: 'stays as it is for SEV2' }]);
	expect(planWord(plan({ to: 'SEV2' }), 0)).toBe('SEV2 confirmed');
});
