import { expect, test } from 'vitest';
import { soakWord } from './soak';

const noon = Date.UTC(2026, 2, 2, 12, 0);
const minute = 60_000;
const c = { soak: 15, state: 'open', since: noon, until: noon + 15 * minute, dips: 0 };

test('a criterion that must hold says how long it still has to', () => {
	expect(soakWord({ ...c, soak: 0 }, noon, 0)).toBe('');
	expect(soakWord({ ...c, state: 'met' }, noon, 0)).toBe('');
	expect(soakWord({ ...c, since: 0, until: 0 }, noon, 0)).toBe('must hold for 15 min; its time does not run');
	expect(soakWord(c, noon + 2 * minute + 1, 0)).toBe('holds since 12:00, 13 of 15 min to go');
	expect(soakWord({ ...c, dips: 2 }, noon, 0)).toBe('holds since 12:00, 15 of 15 min to go, 2 dips');
	expect(soakWord(c, noon + 15 * minute, 0)).toBe('has held since 12:00');
});
