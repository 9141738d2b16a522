import { expect, test } from 'vitest';
import { dated, rescued } from './submit';

test('a line that gets through late says when it was typed', () => {
	const now = 1_000_000_000;
	expect(dated('rollback done', now - 900, now)).toBe('rollback done');
	expect(dated('!roll back', now - 61_000, now)).toBe('-61s !roll back');
	expect(dated('long ago', now - 5 * 3600_000, now)).toBe('-300m long ago');
});

test('a time that its writer gave stays', () => {
	expect(dated('-10m support called', 0, 1_000_000)).toBe('-10m support called');
	expect(dated('~14:02 first error', 0, 1_000_000)).toBe('~14:02 first error');
});

test('lines that are kept elsewhere say when, and who', () => {
	expect(
		rescued([
			{ at: Date.UTC(2026, 2, 2, 14, 0, 1), as: '', text: 'the cache is cold' },
			{ at: Date.UTC(2026, 2, 2, 14, 1, 0), as: 'bob', text: '!roll back' },
		]),
	).toBe('2026-03-02T14:00:01.000Z the cache is cold\n2026-03-02T14:01:00.000Z bob: !roll back\n');
});
