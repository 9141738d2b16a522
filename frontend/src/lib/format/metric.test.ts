import { describe, expect, test } from 'vitest';
import { lanes, lasting, money, percent, scaleOf } from './metric';

const minute = 60_000;

describe('figures', () => {
	test('lengths are read in the unit that fits', () => {
		expect([40_000, 6 * minute, 97 * minute, 120 * minute, 11.5 * 1440 * minute].map(lasting)).toEqual(['40 s', '6 min', '1 h 37 min', '2 h', '11.5 days']);
	});
	test('money has groups and two places', () => {
		expect([0, 5, 814_000, 123_456_789].map((m) => money(m, 'EUR'))).toEqual(['0.00 EUR', '0.05 EUR', '8,140.00 EUR', '1,234,567.89 EUR']);
	});
	test('a share is not rounded up to all', () => {
		expect([1_000_000, 999_999, 999_000, 0].map(percent)).toEqual(['100 %', '99.99 %', '99.90 %', '0.00 %']);
	});
	test('each doubling is as long on the scale, and what lies outside stays on it', () => {
		const s = scaleOf(minute, 16 * minute);
		expect(s.at(2 * minute) - s.at(minute)).toBeCloseTo(s.at(16 * minute) - s.at(8 * minute));
		expect([s.at(0), s.at(100 * minute)]).toEqual([0, 1]);
		expect(scaleOf(5, 5).at(5)).toBe(0);
	});
	test('dots that would cover each other get lanes of their own', () => {
		expect(lanes([0.1, 0.1, 0.105, 0.5], 0.02, 4)).toEqual([0, 1, 2, 0]);
	});
});
