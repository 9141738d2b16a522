// Going to a record, and looking for one.
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { find } from '$lib/state/find.svelte';
import { tick } from 'svelte';

/** seek opens the field that looks through the incident. */
export async function seek(): Promise<void> {
	desk.page = '';
	desk.tab = 'log';
	find.show();
	await tick();
	const field = document.getElementById('find');
	if (field instanceof HTMLInputElement) {
		field.focus();
		field.select();
	}
}

/** unseek ends looking; the reader stays where they are. */
export function unseek(): void {
	find.close();
	desk.toLine();
}

/** showIncident shows an incident, and tells whether it still is the one that is wanted once it is there. */
export async function showIncident(id: string): Promise<boolean> {
	desk.page = '';
	if (id !== cockpit.chosen) await cockpit.choose(id);
	return id === cockpit.chosen;
}

/** openIncident shows an incident, or without one the list, in place of any other page. */
export function openIncident(id: string): void {
	desk.page = '';
	void cockpit.choose(id);
}

/** openUpdate shows an incident with what is to be written to an audience. */
export async function openUpdate(incident: string, audience: string): Promise<void> {
	if (await showIncident(incident)) desk.open('update', audience);
}

/** openRecord shows an incident at one of its records. */
export async function openRecord(incident: string, record: string): Promise<void> {
	desk.close();
	desk.tab = 'log';
	if (await showIncident(incident)) find.asked = record;
}
