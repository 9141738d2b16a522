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
const counted: Record<string, string> = { late: 'time up', open: 'open', hand: 'by hand', sent: 'sent', queued: 'queued', failed: 'failed' };

function promise(cell: CellView, c: CellContext): CellWords {
	const name = cell.subject === '' ? 'Promise' : c.audience(cell.subject);
	if (cell.due === 0) return { name, value: 'none due', more: '', spoken: 'nothing is promised' };
	const left = cell.due - c.now;
	const spoken = `update due at ${c.time(cell.due)}`;
	if (left <= 0) return { name, value: `${span(left)} late`, more: `${c.tight ? 'at' : 'promised'} ${c.time(cell.due)}`, spoken: `${spoken}, late` };
	return { name, value: cell.look === 'nominal' ? span(left) : `due ${c.tight ? '' : 'in '}${span(left)}`, more: '', spoken };
}

function link(cell: CellView, c: CellContext): string {
	if (!c.up) return 'connection lost';
	if (cell.kind === 'silent') return `silent ${Math.max(0, Math.ceil((cell.due - c.now) / 60_000))} min`;
	return cell.kind === 'no-alerts' ? 'no desktop alerts' : 'alerts on';
}

/** cellWords says what a cell shows. */
export function cellWords(cell: CellView, c: CellContext): CellWords {
	if (cell.id.startsWith('promise')) return promise(cell, c);
	const name = names[cell.id] ?? cell.id;
	let value = none[cell.id] ?? '';
	if (cell.kind === 'duty') value = `on duty ${span(c.now - cell.due)}`;
	else if (cell.id === 'link') value = link(cell, c);
	else if (cell.count > 0) value = `${cell.count} ${counted[cell.kind] ?? cell.kind}`;
	return { name, value, more: '', spoken: value };
}
