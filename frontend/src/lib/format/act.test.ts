import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ActView, LiveView, Notify } from '$lib/bridge';
import { actWords } from './act';
import { cellWords, type CellContext } from './cell';
import { reading } from './line';
import { title } from './title';

// The backend's own views, as its tests pin them.
const golden = (name: string): Notify => JSON.parse(readFileSync(new URL(`../../../../app/testdata/${name}.json`, import.meta.url), 'utf8')) as Notify;
const running = golden('running').live as LiveView;
const act = (kind: string, more: Partial<ActView> = {}): ActView => ({ kind, subject: '', text: '', due: 0, ...more });
const context = (now: number): CellContext => ({ now, up: true, tight: false, time: (at) => new Date(at).toISOString().slice(11, 16), audience: (id) => running.audiences.find((a) => a.id === id)?.name ?? id });

describe('what to do next', () => {
	const kinds = ['promise-late', 'promise-soon', 'command', 'action-up', 'assess', 'assess-late', 'reassess', 'killer', 'role', 'item', 'advance', 'last-word', 'retro', 'follow-up', 'close', 'nothing'];
	test.each(kinds)('%s has words', (kind) => {
		const words = actWords(running, act(kind, { subject: 'customers', text: 'Ben: roll back', due: Date.UTC(2026, 10, 20, 14, 33) }), 0);
		expect(words.text).not.toBe('');
		expect(words.text).not.toMatch(/undefined|NaN/);
	});
	test('a promise names who was promised what, and an item that opens something its key', () => {
		const due = Date.UTC(2026, 10, 20, 14, 33);
		const told = { ...running, audiences: running.audiences.map((a) => ({ ...a, first: false })) };
		expect(actWords(told, act('promise-late', { subject: 'customers', due }), 60)).toEqual({ text: 'Update Customers – promised for 15:33', does: 'update' });
		const item = running.checklist.items[0];
		const opens = { ...running, checklist: { ...running.checklist, items: item ? [{ ...item, act: 'update' }] : [] } };
		expect(actWords(opens, act('item', { subject: item?.id ?? '', text: 'Tell them' }), 0).does).toBe('update');
		expect(actWords(running, act('item', { subject: 'nowhere', text: 'Tell them' }), 0)).toEqual({ text: 'Tell them', does: 'jump' });
		const first = { ...running, checklist: { ...running.checklist, items: item ? [{ ...item, act: '', state: 'open' }] : [] } };
		expect(actWords(first, act('item', { subject: item?.id ?? '', text: 'Tell them' }), 0).does).toBe('tick');
	});
	test.each(['declared', 'running', 'resolved'])('the backend’s %s incident can be worded', (name) => {
		const live = golden(name).live as LiveView;
		for (const a of [live.next, live.then]) if (a) expect(actWords(live, a, 0).text).not.toMatch(/^$|undefined|NaN/);
	});
});

describe('annunciators', () => {
	const cell = { id: 'promise-1', look: 'caution', subject: 'customers', due: 1_000_000, count: 0, kind: 'promise', acked: false, incident: '', ref: '' };
	test('a promise counts to its time, then from it', () => {
		expect(cellWords(cell, context(870_000)).value).toBe('due in 02:10');
		expect(cellWords({ ...cell, look: 'nominal' }, context(870_000)).value).toBe('02:10');
		const late = cellWords({ ...cell, look: 'warning' }, context(1_080_000));
		expect([late.value, late.more, late.spoken]).toEqual(['01:20 late', 'promised 00:16', 'update due at 00:16, late']);
	});
	test('nothing promised, nothing open, nothing sent are said so', () => {
		expect(cellWords({ ...cell, subject: '', due: 0 }, context(0)).value).toBe('none due');
		expect(cellWords({ ...cell, id: 'actions', kind: 'open' }, context(0)).value).toBe('none open');
		expect(cellWords({ ...cell, id: 'delivery', kind: 'hand' }, context(0)).value).toBe('nothing sent');
		expect(cellWords({ ...cell, id: 'link', kind: 'silent', due: 510_000 }, context(0)).value).toBe('silent 9 min');
	});
	test.each(['declared', 'running', 'resolved'])('the cells of the backend’s %s incident have words', (name) => {
		const n = golden(name);
		for (const c of n.live?.cells ?? []) expect(Object.values(cellWords(c, context(n.now))).join(' ')).not.toMatch(/undefined|NaN/);
	});
	test('the title carries the worst of them', () => {
		const words = (value: string) => ({ name: 'Customers', value, more: '', spoken: '' });
		const loud = { ...running, ref: 'INC-7', cells: [cell, { ...cell, look: 'warning' }] };
		expect(title(loud, (i) => words(i === 1 ? '01:20 late' : 'soon'))).toBe('■ Customers 01:20 late – INC-7');
		expect(title(null, () => words(''))).toBe('Quarterdeck');
	});
	test('the title of a security incident does not say what it is about', () => {
		const calm = { ...running, ref: 'INC-7', title: 'Keys were copied', cells: [] };
		expect(title(calm, () => ({ name: '', value: '', more: '', spoken: '' }))).toBe('INC-7 Keys were copied – Quarterdeck');
		expect(title({ ...calm, security: true }, () => ({ name: '', value: '', more: '', spoken: '' }))).toBe('INC-7 – Quarterdeck');
	});
});

test('the chip says how a line will be read', () => {
	const now = Date.UTC(2026, 10, 20, 14, 31);
	const line = { kind: 'note', text: 'x', basis: '', tradeoff: '', owner: '', minutes: 0, at: 0, approx: false, words: [], chat: 0 };
	expect(reading({ ...line, kind: 'action', owner: 'Ben', minutes: 5 }, now, 0)).toEqual({ kind: 'ACTION', parts: ['Ben', '5 min'] });
	expect(reading({ ...line, kind: 'decision', basis: 'errors', tradeoff: 'tax' }, now, 0).parts).toEqual(['because errors', 'but tax']);
	expect(reading({ ...line, at: now - 86_400_000, approx: true }, now, 0).parts).toEqual(['~19 Nov 14:31 (earlier day)']);
});
