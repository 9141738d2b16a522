// Copies of the database, and what they hold too much.
import { api, faultOf, type CopyView } from '$lib/bridge';
import { count } from '$lib/format/text';
import { desk } from '$lib/state/desk.svelte';

/** copies are those in the data folder; a failure is shown. */
export async function copies(): Promise<CopyView[]> {
	try {
		return (await api.Copies()).copies;
	} catch (reason) {
		desk.tell(faultOf(reason));
		return [];
	}
}

/** purge takes away the backups that still hold redacted words, and says what is left. */
export async function purge(): Promise<void> {
	try {
		const v = await api.PurgeCopies();
		const left = v.left.length === 0 ? '' : ` ${count(v.left.length, 'file')} set aside still hold them, yours to remove: ${v.left.join(', ')}`;
		desk.say(v.removed.length === 0 ? `No backup held them.${left}` : `${count(v.removed.length, 'backup')} taken away, a new one made.${left}`, v.left.length > 0);
	} catch (reason) {
		desk.tell(faultOf(reason));
	}
}
