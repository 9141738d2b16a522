// What is different in the cockpit of drills.
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import type { Action } from './action';

export const drilling: Action[] = [
	{ id: 'real', name: 'This is real: stop the drill and declare an incident', label: 'This is real', keys: ['Mod+Shift+R'], group: 'everywhere', missing: () => 'This is no drill', enabled: () => cockpit.station?.drill ?? false, run: () => desk.open('real') },
];
