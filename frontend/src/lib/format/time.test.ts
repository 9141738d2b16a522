import { describe, expect, test } from 'vitest';
import { clock, day, elapsed, held, hm, midnight, readTime, sameDay, span, spoken, stamp, steady, tplus, when, type Offset } from './time';

const now = Date.UTC(2026, 10, 20, 14, 31, 18);
const min = 60_000;

describe('showing', () => {
	test('clocks follow the zone', () => {
		expect(clock(now, 0)).toBe('14:31:18');
		expect(clock(now, 60)).toBe('15:31:18');
		expect(hm(now, -900)).toBe('23:31');
		expect(hm(0, 60)).toBe('--:--');
		expect(stamp(now, 60)).toBe('2026-11-20 15:31');
		expect(day(now, 0)).toBe('Friday 20 November 2026');
	});
	test('a day ends at midnight of the zone shown', () => {
		const late = Date.UTC(2026, 10, 20, 23, 30);
		expect(sameDay(now, late, 0)).toBe(true);
		expect(sameDay(now, late, 60)).toBe(false);
		expect(when(late, now, 0)).toBe('23:30');
		expect(when(late, now, 60)).toBe('21 Nov 00:30');
	});
	test('lengths', () => {
		expect(span(130_000)).toBe('02:10');
		expect(span(-80_000)).toBe('01:20');
		expect(span(77 * min + 10_000)).toBe('1:17:10');
		expect(span(3 * 24 * 60 * min)).toBe('3 d');
		expect(elapsed(47 * min + 12_000)).toBe('00:47:12');
		expect(elapsed(-5)).toBe('00:00:00');
		expect(elapsed(101 * 60 * min)).toBe('101:00:00');
		expect(held(44 * min)).toBe('00:44');
		expect(tplus(47 * min)).toBe('T+00:47');
		expect(tplus(-3 * min)).toBe('T−00:03');
		expect(spoken(20 * min + 14_000)).toBe('20 min 14 s');
		expect(spoken(9000)).toBe('9 s');
		expect(spoken(125 * min)).toBe('2 h 5 min');
	});
});

describe('reading a typed time', () => {
	test('lengths look ahead or back', () => {
		expect(readTime('30m', now, 0, 'ahead')).toBe(now + 30 * min);
		expect(readTime('1h30m', now, 0, 'ahead')).toBe(now + 90 * min);
		expect(readTime('+45 min', now, 0, 'ahead')).toBe(now + 45 * min);
		expect(readTime('-20m', now, 0, 'back')).toBe(now - 20 * min);
		expect(readTime('20m ago', now, 0, 'back')).toBe(now - 20 * min);
	});
	test('a clock is the next or the last one that there is', () => {
		expect(readTime('15:05', now, 0, 'ahead')).toBe(Date.UTC(2026, 10, 20, 15, 5));
		expect(readTime('14:05', now, 0, 'ahead')).toBe(Date.UTC(2026, 10, 21, 14, 5));
		expect(readTime('13:44', now, 0, 'back')).toBe(Date.UTC(2026, 10, 20, 13, 44));
		expect(readTime('~23:10', now, 0, 'back')).toBe(Date.UTC(2026, 10, 19, 23, 10));
		expect(readTime('15:05', now, 60, 'back')).toBe(Date.UTC(2026, 10, 20, 14, 5));
	});
	test('a date stands for itself', () => {
		expect(readTime('2026-11-24 10:00', now, 60, 'ahead')).toBe(Date.UTC(2026, 10, 24, 9));
		expect(readTime('2026-11-24', now, 0, 'ahead')).toBe(Date.UTC(2026, 10, 24, 12));
		expect(readTime('2026-02-30', now, 0, 'ahead')).toBeNull();
	});
	test('nothing is no time, and nonsense is said to be so', () => {
		expect(readTime('  ', now, 0, 'ahead')).toBe(0);
		for (const text of ['soon', '25:00', '12:99', '5', '5x', '1:2:3']) expect(readTime(text, now, 0, 'ahead')).toBeNull();
	});
});

describe('over the night of a clock change', () => {
	// Berlin: from 29 March 2026 01:00 UTC two hours east, from 25 October 01:00 UTC one hour again.
	const [spring, autumn] = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)];
	const berlin: Offset = [
		{ from: Date.UTC(2025, 9, 26, 1), east: 60 },
		{ from: spring, east: 120 },
		{ from: autumn, east: 60 },
	];
	test('each time is shown as it was then', () => {
		expect(hm(spring - min, berlin)).toBe('01:59');
		expect(hm(spring, berlin)).toBe('03:00');
		expect(hm(autumn - min, berlin)).toBe('02:59');
		expect(hm(autumn, berlin)).toBe('02:00');
		expect(hm(Date.UTC(2001, 0, 1, 12), berlin)).toBe('13:00');
	});
	test('what is typed is read by the offset of that time', () => {
		const after = Date.UTC(2026, 9, 25, 5); // 06:00
		expect(readTime('00:30', after, berlin, 'back')).toBe(Date.UTC(2026, 9, 24, 22, 30));
		expect(readTime('23:30', after, berlin, 'back')).toBe(Date.UTC(2026, 9, 24, 21, 30));
		expect(readTime('2026-10-24 09:00', after, berlin, 'back')).toBe(Date.UTC(2026, 9, 24, 7));
		expect(readTime('09:00', spring - 4 * 60 * min, berlin, 'ahead')).toBe(Date.UTC(2026, 2, 29, 7));
	});
	test('of an hour that comes twice the first is meant, one that is leapt over lies behind the leap', () => {
		expect(readTime('02:30', autumn + 3 * 60 * min, berlin, 'back')).toBe(autumn - 30 * min);
		expect(readTime('2026-03-29 02:30', spring, berlin, 'back')).toBe(spring + 30 * min);
	});
	test('the day is as long as the clocks make it', () => {
		expect(midnight(autumn + 60 * min, berlin)).toBe(Date.UTC(2026, 9, 24, 22));
		expect(sameDay(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 22, 59), berlin)).toBe(true);
		expect(sameDay(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23), berlin)).toBe(false);
	});
	test('the same zone again is the same thing, so that nothing is drawn anew', () => {
		const first = steady(berlin.map((s) => ({ ...s })));
		expect(steady(berlin.map((s) => ({ ...s })))).toBe(first);
		expect(steady(berlin.map((s) => ({ ...s, east: 0 })))).not.toBe(first);
	});
});
