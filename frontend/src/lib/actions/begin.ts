import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { drafts } from '$lib/state/drafts';
import { find } from '$lib/state/find.svelte';
import { followAddress } from './everywhere';
import { openIncident, openUpdate } from './find';
import { line } from '$lib/state/line.svelte';
import { search } from '$lib/state/search.svelte';
import { screen } from '$lib/state/screen.svelte';
import { faultOf } from '$lib/bridge';

/** start fills the page: what was typed before it was closed, then everything else. */
export async function start(): Promise<void> {
	clock.start();
	screen.start();
	find.restore();
	drafts.lost = (reason) => {
		const fault = faultOf(reason);
		if (fault.code !== 'unreachable') desk.tell(fault); // that one the banner shows already
	};
	cockpit.onShow = (s) => {
		if (s.sheet === 'note') return desk.close();
		if (s.incident === '') return; // only the window was wanted
		desk.whenQuiet(() => {
			if (s.sheet === 'update') void openUpdate(s.incident, s.audience);
			else openIncident(s.incident);
		});
	};
	const kept = drafts.load().catch(() => undefined); // the page cannot be filled either, and says why
	await cockpit.start(kept);
	if (line.text === '') line.restore();
	followAddress();
	void search.choices();
}
