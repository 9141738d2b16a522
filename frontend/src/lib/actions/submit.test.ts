import { expect, test } from 'vitest';
import { dated } from './submit';

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
