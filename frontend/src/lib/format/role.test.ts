import { expect, test } from 'vitest';
import type { LiveView, OnCallRow, RoleView } from '$lib/bridge';
import { covers, dutyOf, dutyWords, partOf, relief, roleState, spanWords, teamOf, there } from './role';

const now = Date.UTC(2026, 10, 20, 14, 45);
const minute = 60_000;
const nobody = { id: '', name: '' };
const role = (r: Partial<RoleView>): RoleView => ({
	id: 'operations', name: 'Ops lead', short: 'Ops', person: nobody, since: 0, required: false, shown: true, look: 'nominal', asked: nobody, askedAt: 0, covered: 0, deputy: nobody, critical: true, many: false, ...r,
});
const live = { commander: { id: 'a', name: 'ana' }, span: 3, maxSpan: 7, milestones: [{ id: 'declared', time: now - 32 * minute, approx: false }] } as unknown as LiveView;
const duty = (r: Partial<OnCallRow>) => ({ role: 'operations', schedule: 'ops', word: 'on', on: [], until: 0, ...r }) as OnCallRow;
const ben = { name: 'ben', zone: 'Asia/Tokyo', offset: 540, night: true, end: now + 60 * minute };

test('asked is not accepted, and open is not covered', () => {
	const ana = { id: 'x', name: 'ben' };
	expect(roleState(role({ person: ana, since: now - 44 * minute }), live, now, 0, 'a')).toBe('accepted 14:01 · 00:44');
	expect(roleState(role({ person: ana, since: now - 9 * 60 * minute }), live, now, 0, 'a')).toMatch(/!$/);
	expect(roleState(role({ asked: ana, askedAt: now - 100_000 }), live, now, 0, 'a')).toBe('ben asked 01:40 – call');
	expect(roleState(role({ covered: now + 10 * minute, required: true }), live, now, 0, 'a')).toBe('you cover until 14:55');
	expect(roleState(role({ covered: now - minute, required: true }), live, now, 0, 'a')).toBe('open 32:00');
	expect(roleState(role({}), live, now, 0, 'a')).toBe('held by the commander');
	expect(roleState(role({ id: 'commander', person: ana, since: now - 44 * minute }), live, now, 0, 'a')).toBe('in command 00:44');
});

test('whoever reads it sees who covers', () => {
	expect(covers(live, 'a')).toBe('you cover');
	expect(covers(live, 'b')).toBe('ana covers');
	expect(roleState(role({ covered: now + 10 * minute, required: true }), live, now, 0, 'b')).toBe('ana covers until 14:55');
	expect(covers({ ...live, commander: nobody }, 'b')).toBe('nobody covers');
});

test('who is on call, where it is night, and who is not', () => {
	const rows = [duty({ on: [ben] as OnCallRow['on'], until: now + 30 * minute }), duty({ role: 'expert', schedule: 'Payments team' })];
	expect(dutyWords(dutyOf(rows, 'operations'), now, 0)).toBe('ben until 15:15');
	expect(there(rows[0], now, 0)).toBe('23:45 Tokyo !');
	expect(there(rows[0], now, 540)).toBe('');
	expect(dutyOf(rows, 'expert:payments')).toBe(rows[1]);
	expect(dutyOf(rows, 'expert:gateway')).toBeUndefined();
	expect(dutyWords(undefined, now, 0)).toBe('no rota');
	expect(dutyWords(duty({ word: 'gap' }), now, 0)).toBe('nobody');
	expect(dutyWords(duty({ word: 'no_data' }), now, 0)).toBe('the rota says nothing');
});

test('a part of a role that many hold', () => {
	const roles = [role({}), role({ id: 'expert', name: 'Expert', short: 'Expert', many: true })];
	expect(partOf(roles, 'exp: Payments EU')).toBe('expert:payments-eu');
	for (const typed of ['expert', 'expert:', 'ops: x', ': x', 'expert: 42']) expect([typed, partOf(roles, typed)]).toEqual([typed, '']);
});

test('the span is said, and what to do about it', () => {
	expect(spanWords(live)).toBe('3 of 7 reporting to ana');
	expect(spanWords({ ...live, span: 8 })).toMatch(/^8 of 7 .*split/);
});

test('who has been on for long is shown who could take over', () => {
	const held = (id: string, hours: number) => role({ id, person: { id: 'b', name: 'ben' }, since: now - hours * 60 * minute });
	const on = duty({ on: [{ ...ben, name: 'fay' }] as unknown as OnCallRow['on'] });
	expect(relief(held('operations', 7), on, now, 0)).toBe('');
	expect(relief(held('operations', 9), on, now, 0)).toBe('relief: fay');
	expect(relief(held('commander', 5), on, now, 0)).toBe('relief: fay');
	const himself = duty({ on: [ben] as unknown as OnCallRow['on'], next: { name: 'gus', start: now + 60 * minute } as OnCallRow['next'] });
	expect(relief(held('operations', 9), himself, now, 0)).toMatch(/^relief: gus from /);
	expect(relief(held('operations', 9), undefined, now, 0)).toBe('long on; no relief known');
	expect(relief(role({}), on, now, 0)).toBe('');
});

test('a lead shows who is in the team', () => {
	const teams = { ...live, work: { teams: [{ lead: { id: 'b', name: 'ben' }, members: [{ id: 'c', name: 'chi' }, { id: 'd', name: 'dee' }] }] } } as unknown as LiveView;
	expect(teamOf(role({ person: { id: 'b', name: 'ben' } }), teams)).toBe('chi, dee');
	expect(teamOf(role({ person: { id: 'x', name: 'eve' } }), teams)).toBe('');
});
