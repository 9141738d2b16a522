import { expect, test } from 'vitest';
import { east, offsetIn, readStamp, stampIn } from './zone';

const at = (text: string) => Date.parse(text);

test('a zone has its own offset, on both sides of its changes', () => {
	expect(offsetIn('Europe/Berlin', at('2026-10-25T00:59:59Z'))).toBe(120);
	expect(offsetIn('Europe/Berlin', at('2026-10-25T01:00:00Z'))).toBe(60);
	expect(offsetIn('Asia/Kathmandu', at('2026-01-01T00:00:00Z'))).toBe(345);
	expect(offsetIn('America/New_York', at('2026-07-01T00:00:00.999Z'))).toBe(-240);
	expect(stampIn('America/St_Johns', at('2026-01-01T03:00:00Z'))).toBe('2025-12-31 23:30');
});

test('what is typed is read back', () => {
	for (const zone of ['UTC', 'Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Tokyo'])
		for (let t = at('2026-01-01T00:30:00Z'); t < at('2027-01-01T00:00:00Z'); t += 5 * 3_600_000 + 60_000) {
			const back = readStamp(zone, stampIn(zone, t)) ?? 0;
			// Of a time that comes twice the first is meant.
			expect(stampIn(zone, back)).toBe(stampIn(zone, t));
			expect(t - back === 0 || t - back === 3_600_000 || t - back === 1_800_000).toBe(true);
		}
});

test('a time that the clock leaps over lies behind the leap, and of two the first is meant', () => {
	expect(readStamp('Europe/Berlin', '2026-03-29 02:30')).toBe(at('2026-03-29T01:30:00Z'));
	expect(readStamp('America/New_York', '2026-03-08 02:30')).toBe(at('2026-03-08T07:30:00Z'));
	expect(readStamp('Europe/Berlin', '2026-10-25 02:30')).toBe(at('2026-10-25T00:30:00Z'));
	expect(readStamp('America/New_York', '2026-11-01 01:30')).toBe(at('2026-11-01T05:30:00Z'));
});

test('rubbish is no time', () => {
	for (const text of ['', 'soon', '2026-02-30 10:00', '2026-13-01', '24:00', '2026-11-20 24:01', '2026-11-20 9']) expect(readStamp('UTC', text)).toBe(null);
	expect(readStamp('UTC', '2026-11-20 24:00')).toBe(at('2026-11-21T00:00:00Z'));
	expect(readStamp('UTC', ' 2026-11-20 9:05 ')).toBe(at('2026-11-20T09:05:00Z'));
	expect([east(0), east(60), east(-210)]).toEqual(['UTC', 'UTC+1', 'UTC−3:30']);
});
