import { describe, expect, test } from 'vitest';
import { search, type Found } from './search';

const all: Found[] = [
	{ id: 'update', text: 'Write an update', detail: '' },
	{ id: 'theme', text: 'Theme: Night', detail: '' },
	{ id: 'sev1', text: 'Set severity SEV1', detail: 'Everybody is hurt' },
	{ id: 'sev2', text: 'Set severity SEV2', detail: 'A core job is impossible' },
	{ id: 'inc', text: 'INC-142 Checkout fails for EU customers', detail: 'SEV1 open' },
	{ id: 'jose', text: 'José Ñuñez', detail: 'give them an action' },
	{ id: 'anna', text: 'Анна Петрова', detail: 'give them an action' },
	{ id: 'silence', text: 'Silence the sounds', detail: '' },
];
const ids = (query: string, recent: string[] = []) => search(all, query, recent).map((i) => all[i]?.id);

describe('the palette finds', () => {
	test.each([
		['upd', 'update'],
		['night', 'theme'],
		['sev1', 'sev1'],
		['severity sev2', 'sev2'],
		['sev2 set', 'sev2'], // in any order
		['checkout', 'inc'],
		['inc-142', 'inc'],
		['chekout', 'inc'], // with a slip
		['jose', 'jose'], // without accents
		['анна', 'anna'], // in any script
		['SILENCE', 'silence'],
	])('%s', (query, first) => expect(ids(query)[0]).toBe(first));
	test('nothing for what is not there', () => expect(ids('zzz')).toEqual([]));
	test('signs alone are no words, and break nothing', () => {
		for (const query of ['((', '\\', '[', '*', '"', '/', '.', '?']) expect(Array.isArray(ids(query))).toBe(true);
	});
	test('what was chosen lately comes first, until words tell better', () => {
		expect(ids('', ['silence', 'theme']).slice(0, 2)).toEqual(['silence', 'theme']);
		expect(ids('', ['gone for good', 'theme'])[0]).toBe('theme');
		expect(ids('set severity', ['sev2'])[0]).toBe('sev2');
		expect(ids('write', ['inc'])[0]).toBe('update');
	});
});
