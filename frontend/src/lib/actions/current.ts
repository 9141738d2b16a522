import type { ActView, ItemView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { line } from '$lib/state/line.svelte';

const isItem = (a: ActView | undefined): boolean => a?.kind === 'killer' || a?.kind === 'item';

/** current is the item that is to be ticked next: the one that NEXT names, else the first open one. */
export function current(): ItemView | undefined {
	const live = cockpit.live;
	if (!live) return undefined;
	const named = [live.next, live.then].find(isItem);
	return live.checklist.items.find((i) => i.id === named?.subject) ?? live.checklist.items.find((i) => i.state === 'open');
}

/** tick opens the current item in place. */
export function tick(): void {
	const item = current();
	if (!item) return desk.say('Every item of this list is done');
	desk.tab = 'checklist';
	desk.edit(`item/${item.id}`);
}

/** begin puts the first words of a line into the log line. */
function begin(words: string): void {
	if (line.text === '') line.typed(words);
	desk.toLine();
}

/** start opens what an item or a word of NEXT leads to; it tells whether there is such a thing. */
export function start(act: string): boolean {
	switch (act) {
		case 'update':
		case 'severity':
		case 'roles':
		case 'phase':
			desk.open(act);
			return true;
		case 'situation':
			desk.board = desk.tab !== 'board';
			desk.tab = 'board';
			desk.edit('fact/impact');
			return true;
		case 'decision':
			begin('!');
			return true;
		case 'action':
			begin('@');
			return true;
		case 'log':
			begin('');
			return true;
	}
	return false;
}

/** jump goes to what NEXT points at. */
export function jump(): void {
	const next = cockpit.live?.next;
	switch (next?.kind) {
		case 'promise-late':
		case 'promise-soon':
		case 'last-word':
			return desk.open('update', next.subject);
		case 'action-up':
			desk.board = true;
			desk.tab = 'board';
			return desk.edit(`action/${next.subject}`);
		case 'assess':
		case 'assess-late':
		case 'reassess':
			return desk.open('severity');
		case 'role':
		case 'command':
			return desk.open('roles', next.kind === 'role' ? next.subject : '');
		case 'killer':
		case 'item':
			return tick();
		case 'advance':
		case 'retro':
		case 'close':
			return desk.open('phase', next.subject);
		case 'follow-up':
			return begin('+');
		default:
			desk.toLine();
	}
}
