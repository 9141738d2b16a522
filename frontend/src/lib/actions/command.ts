// What a commander does beside the log: announce a change, ask for help, take command from another machine.
import { desk } from '$lib/state/desk.svelte';
import type { Action } from './action';

export const command: Omit<Action, 'group'>[] = [
	{ id: 'need', name: 'Do I need help? Whom to call', label: 'Help?', keys: ['F8'], run: () => desk.open('need') },
	{ id: 'change', name: 'Announce a change before it is made', label: 'Change', keys: ['F9'], run: () => desk.open('change') },
];

export const elsewhere: Action[] = [{ id: 'take', name: 'Open a handoff file from another machine', label: 'Handoff file', keys: [], group: 'everywhere', run: () => desk.open('take') }];
