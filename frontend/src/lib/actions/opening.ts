// The steps of the incident's channel that wait for a person.
import type { DeliveryView } from '$lib/bridge';
import { openingOf } from '$lib/format/post';
import { cockpit } from '$lib/state/cockpit.svelte';
import type { Action } from './action';
import { sendRow } from './outgoing';

/** stuckSteps are those that were refused or are held. */
export const stuckSteps = (): DeliveryView[] => openingOf(cockpit.live?.outbox ?? []).filter((d) => d.state === 'failed' || d.state === 'held');

/** again tries each of them once more. */
export async function again(): Promise<void> {
	for (const d of stuckSteps()) await sendRow(d.id);
}

export const channelling: Omit<Action, 'group'>[] = [
	{ id: 'channel-again', name: 'Try the steps of the incident’s channel again', label: 'Try the channel again', keys: ['Alt+Y'], enabled: () => stuckSteps().length > 0, missing: () => 'No step of the channel waits for you', run: again },
];
