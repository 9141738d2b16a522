// What an entry said before it was corrected.
import { api, faultOf, type VersionView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';

/** history is what an entry of the incident said, first and after each correction; a failure is shown. */
export async function history(record: string): Promise<VersionView[]> {
	try {
		return (await api.History({ incident: cockpit.chosen, subject: record, text: '' })).versions;
	} catch (reason) {
		desk.tell(faultOf(reason));
		return [];
	}
}
