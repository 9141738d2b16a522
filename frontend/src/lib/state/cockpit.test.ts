import { beforeEach, expect, test, vi } from 'vitest';
import type { LineView, LiveView, Notify, StationView } from '$lib/bridge';
import { Cockpit } from './cockpit.svelte';

const row = (id: string, sort: string): LineView => ({
	id, sort, text: id, at: 0, recordedAt: 0, kind: 'note.added', mark: 'note', actor: 'ana', basis: '', tradeoff: '',
	approx: false, late: false, amended: false, undone: false, redacted: '', editable: true,
});
const station = (version: string) => ({ version, incidents: [] as unknown[] }) as StationView;
const live = (id: string, title: string) => ({ id, title }) as LiveView;
const notify = (seq: number, parts: Partial<Notify>, boot = 'b'): Notify => ({ boot, seq, now: 1, ...parts });
const rows = (incident: string, ...list: LineView[]) => ({ timeline: { incident, rows: list, earlier: -1 } });

let c: Cockpit;
beforeEach(() => {
	vi.stubGlobal('localStorage', { setItem: () => undefined, getItem: () => null });
	c = new Cockpit();
	c.adopt(notify(1, { station: station('one'), live: live('i', 'first'), timeline: { incident: 'i', rows: [row('a', '1')], earlier: 4 } }));
});

test('a complete answer fills the page', () => {
	expect([c.chosen, c.live?.title, c.rows.length, c.earlier, c.station?.version]).toEqual(['i', 'first', 1, 4, 'one']);
});

test('what is older is dropped, what is missing stays', () => {
	c.take(notify(5, { live: live('i', 'newer') }));
	c.take(notify(4, { live: live('i', 'older') }));
	expect([c.live?.title, c.station?.version, c.rows.length]).toEqual(['newer', 'one', 1]);
});

test('a message with one part may overtake a message with another, and nothing is lost', () => {
	const rang: string[] = [];
	c.onRing = (r) => void rang.push(r.look);
	c.take(notify(7, { ring: { incident: 'i', look: 'warning' } }));
	c.take(notify(6, { ...rows('i', row('b', '2')) }));
	expect([rang, c.rows.map((r) => r.id)]).toEqual([['warning'], ['a', 'b']]);
});

test('an answer of Watch that rows have overtaken is asked for again', () => {
	c.take(notify(9, rows('i', row('b', '2'))));
	expect(c.take(notify(8, { live: live('i', 'x'), ...rows('i', row('a', '1')) }), true)).toBe(false);
	expect(c.rows).toHaveLength(2);
});

test('another incident does not show', () => {
	c.take(notify(3, { live: live('j', 'other'), ...rows('j', row('z', '9')) }));
	expect([c.live?.title, c.rows.length]).toEqual(['first', 1]);
});

test('a backend that started anew counts anew', () => {
	c.take(notify(900, { live: live('i', 'old boot') }));
	c.take(notify(1, { live: live('i', 'new boot') }, 'c'));
	expect(c.live?.title).toBe('new boot');
});

test('a pending row goes when a Notify holds its id', () => {
	c.pending = [{ id: 'p', incident: 'i', text: 'x', as: '', at: 1, saved: true, fault: null }];
	c.take(notify(2, rows('i', row('q', '2'))));
	expect(c.pending).toHaveLength(1);
	c.take(notify(3, rows('i', row('p', '3'))));
	expect(c.pending).toHaveLength(0);
});
