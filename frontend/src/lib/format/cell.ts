import type { CellView } from '$lib/bridge';
import { span } from './time';

/** Words of an annunciator cell: its name, its state, and a second line for a warning. */
export interface CellWords {
	name: string;
	value: string;
	more: string;
	/** What a screen reader says after the name: no running time. */
	spoken: string;
}

/** What the page knows beside the cell itself. */
export interface CellContext {
	now: number;
	time: (at: number) => string;
	audience: (id: string) => string;
	up: boolean; // the way to the backend
	tight: boolean; // there is little room
}

const names: Record<string, string> = { actions: 'Actions', roles: 'Roles', delivery: 'Delivery', link: 'Link' };
const none: Record<string, string> = { actions: 'none open', roles: 'all held', delivery: 'nothing sent' };
const counted: Record<string, string> = { flood: 'things due', span: 'report to you', late: 'time up', open: 'open', hand: 'by hand', sent: 'sent', queued: 'queued', sending: 'sending', unknown: 'not known', held: 'held', failed: 'failed' };

/** states are said by themselves. */
const states: Record<string, string> = { met: 'exit criteria met', command: 'offer not taken', assess: 'severity open', help: 'need help?' };

const elsewhere: Record<string, string> = { action: 'time up', assess: 'severity open', role: 'role open', command: 'offer not taken', duty: 'long on duty' };

function promise(cell: CellView, c: CellContext): CellWords {
	const other = elsewhere[cell.kind];
	if (cell.ref !== '' && other) return { name: cell.ref, value: other, more: c.time(cell.due), spoken: `${other} in ${cell.ref}` };
	const name = cell.subject === '' ? 'Promise' : cell.ref === '' ? c.audience(cell.subject) : `${cell.ref} ${c.audience(cell.subject)}`;
	if (cell.due === 0) return { name, value: 'none due', more: '', spoken: 'nothing is promised' };
	const left = cell.due - c.now;
	const spoken = `update due at ${c.time(cell.due)}`;
	if (left <= 0) return { name, value: `${span(left)} late`, more: c.tight && cell.ref !== '' ? '' : `${c.tight || cell.ref !== '' ? 'at' : 'promised'} ${c.time(cell.due)}`, spoken: `${spoken}, late` };
	return { name, value: cell.look === 'nominal' ? span(left) : `due ${c.tight ? '' : 'in '}${span(left)}`, more: '', spoken };
}

function link(cell: CellView, c: CellContext): string {
	if (cell.kind === 'log') return 'not saved';
	if (!c.up) return 'connection lost';
	if (cell.kind === 'away') return 'you were away';
	if (cell.kind === 'route') return `${cell.subject} off ${span(c.now - cell.due)}`;
	if (cell.kind === 'silent') return `silent ${Math.max(0, Math.ceil((cell.due - c.now) / 60_000))} min`;
	return cell.kind === 'no-alerts' ? 'no desktop alerts' : 'alerts on';
}

/** cellWords says what a cell shows. */
export function cellWords(cell: CellView, c: CellContext): CellWords {
	if (cell.id.startsWith('promise')) return promise(cell, c);
	const name = cell.kind === 'flood' ? 'Due' : (names[cell.id] ?? cell.id);
	let value = none[cell.id] ?? '';
	if (cell.kind === 'duty') value = `on duty ${span(c.now - cell.due)}`;
	else if (cell.kind === 'recall') value = `${c.tight ? '' : 'leaves '}in ${Math.max(0, Math.ceil((cell.due - c.now) / 1000))} s`;
	else if (cell.id === 'link') value = link(cell, c);
	else if (cell.kind === 'quiet') value = `quiet ${span(c.now - cell.due)}`;
	else if (states[cell.kind]) value = states[cell.kind] ?? '';
	else if (cell.count > 0) value = `${cell.count} ${counted[cell.kind] ?? cell.kind}`;
	const spoken = cell.kind === 'quiet' ? 'nothing has been written for a while' : cell.kind === 'duty' ? 'the commander has been on for long' : cell.kind === 'recall' ? 'leaving in seconds, can be recalled' : value;
	return { name, value, more: cell.kind === 'log' ? 'kept here' : cell.kind === 'command' ? 'chase or keep it' : '', spoken };
}
