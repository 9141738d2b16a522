import { expect, test } from 'vitest';
import { keyLabel } from './keys';
import { bytes, count, retimed, sentences, short, size } from './text';

test('what happened and what to do become sentences', () => {
	expect(sentences('a waiver needs a reason', 'say why')).toBe('A waiver needs a reason. Say why.');
	expect(sentences('Which phase?', '')).toBe('Which phase?');
});

test('counting', () => {
	expect(count(1, 'entry', 'entries')).toBe('1 entry');
	expect(count(0, 'action')).toBe('0 actions');
	expect(size(1)).toBe('1 byte');
	expect(size(64 * 1024)).toBe('64 KiB');
	expect(size(1024 * 1024)).toBe('1.0 MiB');
	expect(bytes('é', 10)).toBe(2);
});

test('a long text is cut on one line, and letters stay whole', () => {
	expect(short('two\nlines')).toBe('two lines');
	expect(short('👩‍🚒'.repeat(3), 5).endsWith('…')).toBe(true);
	expect(short('abcdef', 4)).toBe('abc…');
});

test('a chord as it is printed', () => {
	expect(keyLabel('Mod+Shift+M', false)).toBe('Ctrl Shift M');
	expect(keyLabel('Alt+N', true)).toBe('⌃ N');
	expect([keyLabel('Mod++', false), keyLabel('Mod+Shift++', false), keyLabel('Mod+PageDown', true)]).toEqual(['Ctrl +', 'Ctrl Shift +', '⌘ PgDn']);
});

test('a new time finds its place in an edited draft', () => {
	const old = 'Payments fail. Next update by 14:33 UTC.';
	const fresh = 'Payments fail. Next update by 15:05 UTC.';
	expect(retimed(old, old, fresh)).toBe(fresh);
	expect(retimed('Cards fail since 14:00. Next update by 14:33 UTC.', old, fresh)).toBe('Cards fail since 14:00. Next update by 15:05 UTC.');
	expect(retimed('We will be back.', old, fresh)).toBeNull();
	expect(retimed('kept', old, old)).toBe('kept');
});
