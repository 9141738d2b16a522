import { beforeEach, expect, test } from 'vitest';
import type { LineView } from '$lib/bridge';

import { cockpit } from './cockpit.svelte';
import { Find, needles, parts } from './find.svelte';

const row = (id: string, text: string, more: Partial<LineView> = {}): LineView => ({
	id, sort: id, text, at: 0, recordedAt: 0, kind: 'note.added', mark: 'note', actor: 'ana', basis: '', tradeoff: '', more: '',
	approx: false, late: false, amended: false, undone: false, redacted: '', editable: true, worded: true, words: '', folded: false, ...more,
}) as LineView;

beforeEach(() => {
	cockpit.rows = [row('a', 'the queue grows'), row('b', 'No failover: data drift', { mark: 'decision', basis: 'replication is BEHIND' }), row('c', 'failover was asked for', { actor: 'ben' }), row('d', 'and on', { folded: true })];
});

test('every word has to stand somewhere in a row; the newest comes first', () => {
	const f = new Find();
	f.show();
	f.text = 'FAILOVER';
	expect(f.hits).toEqual(['c', 'b']);
	f.text = 'failover behind';
	expect(f.hits).toEqual(['b']);
	f.text = 'on';
	expect(f.hits).toEqual(['b']); // what is folded away is not found
	f.text = '';
	expect(f.hits).toEqual([]);
});

test('steps go round, older first', () => {
	const f = new Find();
	f.show();
	f.text = 'failover';
	const go = (older: boolean) => {
		f.step(older);
		return `${f.asked} ${f.place}`;
	};
	expect([go(true), go(true), go(true), go(false)]).toEqual(['c 1', 'b 2', 'c 1', 'b 2']);
	f.text = 'nothing like it';
	expect(go(true)).toBe('b 0');
});

test('rows are left out by kind and person, and by words only when that is asked', () => {
	const f = new Find();
	f.show();
	f.text = 'failover';
	expect(f.rows.length).toBe(4);
	f.only = true;
	expect(f.rows.map((r) => r.id)).toEqual(['b', 'c']);
	f.actor = 'ben';
	expect(f.rows.map((r) => r.id)).toEqual(['c']);
	f.close();
	expect([f.rows.length, f.hits.length]).toEqual([4, 0]);
});

test('words are cut out of a text whatever signs they hold', () => {
	expect(parts('a (b) A', needles('a (b)'))).toEqual(['', 'a', ' ', '(b)', ' ', 'A', '']);
	expect(parts('plain', [])).toEqual(['plain']);
});
