import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DayView, LaneView, PictureView, TurnView } from '$lib/bridge';
import { ago, bars, dayWords, eventBars, heading, marks, place, spanWords, stale, weekly, zoneWords } from './rota';

const at = (text: string) => Date.parse(text);
const golden = (): PictureView => JSON.parse(readFileSync('../app/testdata/picture.json', 'utf8')) as PictureView;
const hour = 3_600_000;

/** week is one in Berlin; its Sunday has 25 hours. */
const week: DayView[] = [...Array(7).keys()].map((i) => {
	const start = at('2026-10-18T22:00:00Z') + i * 24 * hour;
	return { start, end: start + (i === 6 ? 25 : 24) * hour, offset: 120, changes: i === 6 ? at('2026-10-25T01:00:00Z') : 0, after: i === 6 ? 60 : 120 };
});
const turn = (name: string, start: string, end: string, more: Partial<TurnView> = {}) => ({ name, known: true, start: at(start), end: at(end), override: false, tentative: false, ...more }) as TurnView;
const lane = (turns: TurnView[], more: Partial<LaneView> = {}) => ({ turns, gaps: [], quiet: [], overlaps: [], horizon: 0, ...more }) as unknown as LaneView;

test('every day is as wide as the others, also one of 25 hours', () => {
	expect(place(week, week[0]?.start ?? 0)).toBe(0);
	expect(place(week, at('2026-10-24T22:00:00Z'))).toBeCloseTo(6 / 7);
	expect(place(week, at('2026-10-25T10:30:00Z'))).toBeCloseTo(6.5 / 7);
	expect([place(week, 0), place(week, at('2030-01-01T00:00:00Z'))]).toEqual([0, 1]);
});

test('what is at one time stands on levels of its own', () => {
	const list = bars(lane([turn('Ana', '2026-10-19T07:00:00Z', '2026-10-21T07:00:00Z'), turn('Ben', '2026-10-20T07:00:00Z', '2026-10-22T07:00:00Z'), turn('Cem', '2026-10-21T07:00:00Z', '2026-10-23T07:00:00Z')]), week);
	expect(list.map((b) => [b.turn?.name, b.level])).toEqual([['Ana', 0], ['Ben', 1], ['Cem', 0]]);
});

test('a day says who is on, until when, and where nobody is', () => {
	const list = bars(
		lane([turn('Dee', '2026-10-18T00:00:00Z', '2026-10-24T00:00:00Z'), turn('Gil', '2026-10-24T04:00:00Z', '2026-10-30T00:00:00Z', { override: true, known: false })], { gaps: [{ start: at('2026-10-24T00:00:00Z'), end: at('2026-10-24T04:00:00Z') }] }),
		week,
	);
	expect(dayWords(list, week[5] as DayView, 'Europe/Berlin')).toBe('Dee 00:00–02:00; Nobody 02:00–06:00; Gil 06:00–24:00 (override, not in people)');
	expect(dayWords(list, week[1] as DayView, 'Europe/Berlin')).toBe('Dee all day');
	expect(dayWords([], week[1] as DayView, 'UTC')).toBe('nothing');
});

test('behind the horizon there is no data, which is no gap', () => {
	const list = bars(lane([turn('Ana', '2026-10-19T00:00:00Z', '2026-10-20T00:00:00Z')], { horizon: at('2026-10-20T00:00:00Z') }), week);
	expect(list.map((b) => b.kind)).toEqual(['turn', 'unknown']);
});

test('the picture names itself, its zone and the days of UTC', () => {
	const p = { view: 'week', zone: 'Europe/Berlin', week: 43, days: week } as unknown as PictureView;
	expect(heading(p)).toBe('Week 43 · 19 Oct – 25 Oct 2026');
	expect(zoneWords(p)).toBe('Europe/Berlin, UTC+2, then UTC+1');
	expect(marks(week, false).map((m) => m.name)).toEqual(['19', '20', '21', '22', '23', '24', '25']);
	expect(marks(week, true).slice(0, 3).map((m) => m.name)).toEqual(['Mon 00', '12', 'Tue 00']);
	const month = golden();
	expect(heading(month)).toBe('March 2026');
	expect(month.calendar.lanes[0]?.turns.length).toBeGreaterThan(0);
	expect(bars(month.calendar.lanes[0] as LaneView, month.days).every((b) => b.left >= 0 && b.left + b.width <= 1.000001)).toBe(true);
});

test('lengths and stretches in words', () => {
	expect([ago(20_000), ago(32 * 60_000), ago(5 * hour), ago(72 * hour)]).toEqual(['just now', '32 min ago', '5 h ago', '3 d ago']);
	expect(spanWords(at('2026-10-24T00:00:00Z'), at('2026-10-24T04:00:00Z'), 'Europe/Berlin')).toBe('Sat 24 Oct 02:00 – 06:00');
	expect(spanWords(at('2026-10-24T20:00:00Z'), at('2026-10-25T05:00:00Z'), 'Europe/Berlin')).toBe('Sat 24 Oct 22:00 – Sun 25 Oct 06:00');
	expect([weekly(at('2026-10-24T00:00:00Z'), at('2026-10-24T04:00:00Z'), 'Europe/Berlin'), weekly(0, 48 * hour, 'UTC')]).toEqual(['Sat 02:00-06:00', '']);
	expect(stale({ held: false, read: 0, tried: 5, look: 'warning' } as Parameters<typeof stale>[0])).toBe('never read');
});

test('an incident that goes on ends now', () => {
	const [b] = eventBars([{ kind: 'incident', incident: 'x', ref: 'INC-1', title: 't', severity: 'SEV1', start: at('2026-10-19T00:00:00Z'), end: 0 }], week, at('2026-10-20T00:00:00Z'));
	expect(b?.end).toBe(at('2026-10-20T00:00:00Z'));
});
