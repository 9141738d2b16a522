// Bringing in what was written elsewhere.
import { api, type Fault, faultOf, files, type ImportView } from '$lib/bridge';
import { count } from '$lib/format/text';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { line } from '$lib/state/line.svelte';
import { openIncident } from './find';

/** given is a file that the import sheet begins with. */
export const given: { file: File | null } = { file: null };

/** What an import came to, or what is wrong with it. */
export interface Brought {
	view: ImportView | null;
	fault: Fault | null;
}

/** bring imports a file and goes to its incident, or with dry says what would come. */
export async function bring(file: File, how: Omit<files.Importing, 'name' | 'format' | 'zone' | 'day'>): Promise<Brought> {
	let view: ImportView;
	try {
		view = await files.bring({ ...how, name: file.name, format: '', zone: '', day: '' }, file);
	} catch (reason) {
		return { view: null, fault: faultOf(reason) };
	}
	if (view.done) {
		desk.close();
		desk.say(`${view.ref}: ${count(view.new, 'entry has', 'entries have')} come in`);
		if (view.incident !== cockpit.chosen) openIncident(view.incident);
	}
	return { view, fault: null };
}

/** importFile opens the sheet, with a file where there is one. */
export function importFile(file: File | null = null): void {
	given.file = file;
	desk.open('import');
}

/** takeChat takes pasted messages over as dated notes, or with dry says what would come. */
export async function takeChat(text: string, dry: boolean): Promise<Brought> {
	let view: ImportView;
	try {
		view = await api.TakeChat({ incident: cockpit.chosen, text, as: line.as, dry });
	} catch (reason) {
		return { view: null, fault: faultOf(reason) };
	}
	if (view.done) {
		if (line.text === text) line.clear();
		desk.close();
		desk.say(`${count(view.new, 'message is', 'messages are')} in the log, each at its time`);
	}
	return { view, fault: null };
}
