import type { ActView, ChecklistView, ItemView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { line } from '$lib/state/line.svelte';

const isItem = (a: ActView | undefined): boolean => a?.kind === 'killer' || a?.kind === 'item';

/** current is the item that is to be ticked next: where order matters the first open one, else the one that NEXT names. */
export function current(): ItemView | undefined {
	const live = cockpit.live;
	if (!live) return undefined;
	const list = listed() ?? live.checklist;
	const named = list.mode === 'read-do' ? undefined : [live.next, live.then].find(isItem);
	return list.items.find((i) => i.id === named?.subject) ?? list.items.find((i) => i.state === 'open');
}

/** listed is the list that is shown: the phase's, or an interrupted one that was opened again. */
export function listed(): ChecklistView | undefined {
	const live = cockpit.live;
	return live?.interrupted.find((l) => l.id === desk.list) ?? live?.checklist;
}

/** resume opens the interrupted lists one after the other, each at the item where it stopped, and after the last one the phase's. */
export function resume(): void {
	const lists = cockpit.live?.interrupted ?? [];
	const at = lists.findIndex((l) => l.id === desk.list);
	desk.list = lists[at + 1]?.id ?? '';
	tick();
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
		case 'check':
			desk.board = true;
			desk.tab = 'board';
			return desk.edit(`decision/${next.subject}`);
		case 'help':
			return desk.open('need');
		case 'assess':
		case 'assess-late':
		case 'reassess':
			return desk.open('severity');
		case 'role':
			return desk.open('roles', next.subject);
		case 'command':
			return desk.open(next.subject === '' ? 'roles' : 'handoff');
		case 'killer':
		case 'item':
			desk.list = cockpit.live?.interrupted.find((l) => l.items.some((i) => i.id === next.subject))?.id ?? '';
			desk.tab = 'checklist';
			return desk.edit(`item/${next.subject}`);
		case 'advance':
		case 'close':
			return desk.open('phase', next.subject);
		case 'retro':
		case 'follow-up':
		case 'clean-up':
			return desk.turn('cleanup');
		default:
			desk.toLine();
	}
}
