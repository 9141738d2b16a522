import { expect, test } from 'vitest';
import { layered } from './graph';

const of = (knots: Record<string, string[]>) => Object.fromEntries(layered(Object.entries(knots).map(([id, ledTo]) => ({ id, ledTo }))).map((p) => [p.id, `${p.row}/${p.column}`]));

test('what was led to stands below, by the longest way', () => {
	expect(of({ a: ['b', 'c'], b: ['c'], c: [], d: ['c'] })).toEqual({ a: '0/0', b: '1/0', c: '2/0', d: '0/1' });
});

test('causes that feed each other, themselves or nothing that is there have places of their own', () => {
	const places = of({ a: ['b'], b: ['a'], c: ['c'], d: ['gone'] });
	expect(new Set(Object.values(places)).size).toBe(4);
});

test('no factors, no places', () => expect(layered([])).toEqual([]));
