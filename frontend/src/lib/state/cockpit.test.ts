import { beforeEach, expect, test, vi } from 'vitest';
import { shell, type LineView, type LiveView, type Notify, type StationView } from '$lib/bridge';
import { Cockpit } from './cockpit.svelte';

const row = (id: string, sort: string): LineView => ({
	id, sort, text: id, at: 0, recordedAt: 0, kind: 'note.added', mark: 'note', actor: 'ana', basis: '', more: '', tradeoff: '',
	approx: false, late: false, amended: false, undone: false, redacted: '', editable: true, worded: true, words: '', folded: false, link: '',
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

const open = (id: string) => ({ id, ended: 0, phase: 'respond' });

/** begun is a page that starts on a backend with these incidents, and what it asked for and drew. */
async function begun(last: string, incidents: { id: string; ended: number; phase: string }[], during: (push: (n: Notify) => void) => void = () => undefined) {
	vi.stubGlobal('localStorage', { setItem: () => undefined, getItem: () => last });
	const page = new Cockpit();
	const asked: string[] = [];
	const drawn: string[] = [];
	vi.spyOn(shell, 'listen').mockImplementation((push, link) => {
		link(true);
		during(push);
	});
	vi.stubGlobal('fetch', (_: string, sent: { body: string }) => {
		const [id] = JSON.parse(sent.body) as [string];
		asked.push(id);
		if (page.station) drawn.push(page.chosen);
		const there = incidents.some((i) => i.id === id);
		if (id !== '' && !there) return Promise.resolve(Response.json({ error: '{"code":"not_found","message":"no such incident","hint":"","field":""}' }));
		const n = notify(5, { station: { version: 'one', incidents } as unknown as StationView });
		const result = there ? { ...n, live: live(id, 'shown'), timeline: { incident: id, rows: [row('a', '1')], earlier: 0 } } : n;
		return Promise.resolve(Response.json({ result }));
	});
	await page.start();
	return { page, asked, drawn };
}

test.each([
	['the incident of last time is asked for at once', 'i', [open('i'), open('j')], ['i'], 'i'],
	['the only one that is open is shown, and the list is not drawn first', '', [open('i')], ['', 'i'], 'i'],
	['of two that are open none is shown', '', [open('i'), open('j')], [''], ''],
	['one that is gone gives way to the list', 'k', [open('i'), open('j')], ['k', ''], ''],
	['one that is closed gives way to the list', 'i', [{ id: 'i', ended: 1, phase: 'closed' }], ['i', ''], ''],
])('at the start %s', async (_, last, incidents, asks, chosen) => {
	const { page, asked, drawn } = await begun(last, incidents);
	expect([asked, drawn, page.chosen, page.live?.id ?? '']).toEqual([asks, [], chosen, chosen]);
});

test('what is pushed while the page is empty is taken once it is filled', async () => {
	const { page } = await begun('i', [open('i')], (push) => {
		push(notify(4, { live: live('i', 'older') }));
		push(notify(6, rows('i', row('b', '2'))));
	});
	expect([page.live?.title, page.rows.map((r) => r.id)]).toEqual(['shown', ['a', 'b']]);
});
