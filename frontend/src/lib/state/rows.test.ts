import { expect, test } from 'vitest';
import type { LineView } from '$lib/bridge';
import { newID } from './id';
import { place, put } from './rows';

const row = (id: string, sort: string, text = ''): LineView => ({
	id, sort, text, at: 0, recordedAt: 0, kind: 'note.added', mark: 'note', actor: 'ana', basis: '', more: '', tradeoff: '',
	approx: false, late: false, amended: false, undone: false, redacted: '', editable: true, worded: true, words: '', folded: false, link: '',
});
const ids = (rows: readonly LineView[]) => rows.map((r) => r.id).join('');

test('rows come in any order and stand by their sort', () => {
	const where = new Map<string, string>();
	const first = put([], [row('c', '3'), row('a', '1'), row('b', '2')], where);
	expect(ids(first)).toBe('abc');
	expect(ids(put(first, [row('x', '25'), row('e', '0')], where))).toBe('eabxc');
	expect(ids(first)).toBe('abc');
});

test('a row that is corrected is replaced, and moves with its time', () => {
	const where = new Map<string, string>();
	let rows = put([], [row('a', '1'), row('b', '2'), row('c', '3')], where);
	rows = put(rows, [row('b', '2', 'better')], where);
	expect(rows[1]?.text).toBe('better');
	rows = put(rows, [row('a', '9')], where);
	expect(ids(rows)).toBe('bca');
	rows = put(rows, [row('a', '0')], where);
	expect(ids(rows)).toBe('abc');
});

test('however rows arrive, the list is the same', () => {
	const all = Array.from({ length: 300 }, (_, i) => row(`r${i}`, String((i * 7919) % 300).padStart(4, '0')));
	const whole = put([], all, new Map());
	const where = new Map<string, string>();
	let rows: LineView[] = [];
	for (let i = 0; i < all.length; i += 7) rows = put(rows, [...all.slice(i, i + 7), ...all.slice(0, 3)], where);
	expect(rows.map((r) => r.id)).toEqual(whole.map((r) => r.id));
	expect(place(rows, '0100')).toBe(100);
});

test('ids are UUIDs of version 7 that grow with time', () => {
	const a = newID(1_700_000_000_000);
	expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(a < newID(1_700_000_000_001)).toBe(true);
	expect(parseInt(a.slice(0, 8) + a.slice(9, 13), 16)).toBe(1_700_000_000_000);
});
