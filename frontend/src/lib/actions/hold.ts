// Playbooks, what has to hold or to go again before it is over, and other incidents.
import { api } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import type { Action } from './action';
import { ask, plainly, type Outcome } from './orders';

const incident = () => cockpit.chosen;

export const startSoak = (subject: string): Outcome => ask(api.StartSoak({ incident: incident(), subject, text: '' }));
export const noteDip = (subject: string, text: string): Outcome => ask(api.NoteDip({ incident: incident(), subject, text }));
export const takeMeasure = (text: string, owner: string, ends: number): Outcome => ask(api.TakeMeasure({ incident: incident(), measure: '', text, owner, ends }));
export const extendMeasure = (measure: string, ends: number, text: string): Outcome => ask(api.ExtendMeasure({ incident: incident(), measure, text, owner: '', ends }));
export const endMeasure = (measure: string, text: string): Outcome => ask(api.EndMeasure({ incident: incident(), measure, text, owner: '', ends: 0 }));
export const link = (other: string, how: string): Outcome => ask(api.Link({ incident: incident(), other, how }));
export const unlink = (other: string): Outcome => ask(api.Unlink({ incident: incident(), other, how: '' }));

const patience = 5000; // ms until a push has surely come
const pause = 50; // ms

/** started opens the list that was not there before, as soon as a push has brought it. */
async function started(before: ReadonlySet<string>): Promise<void> {
	const of = cockpit.chosen;
	for (let waited = 0; cockpit.chosen === of && waited < patience; waited += pause) {
		const list = cockpit.live?.interrupted.find((l) => !before.has(l.id));
		if (list) {
			desk.list = list.id;
			desk.tab = 'checklist';
			return;
		}
		await new Promise((done) => setTimeout(done, pause));
	}
}

/** play starts a playbook and opens its list. */
export async function play(id: string): Promise<boolean> {
	const book = cockpit.live?.hold.playbooks.find((p) => p.id === id);
	if (book && book.running !== '') {
		desk.list = book.running;
		desk.tab = 'checklist';
		return true;
	}
	const before = new Set(cockpit.live?.interrupted.map((l) => l.id));
	if (!(await plainly(ask(api.StartPlaybook({ incident: incident(), subject: id, text: '' }))))) return false;
	void started(before);
	desk.say(`${book?.name ?? 'The playbook'} is started${book && book.warnings.length > 0 ? ` – with care: ${book.warnings.join('; ')}` : ''}`);
	return true;
}

const soaking = () => cockpit.live?.gate.criteria.some((c) => c.soak > 0 && c.state === 'open' && c.since === 0) ?? false;
const dips = () => cockpit.live?.gate.criteria.some((c) => c.soak > 0 && (c.since > 0 || c.state === 'met')) ?? false;

export const holding: Omit<Action, 'group'>[] = [
	{ id: 'playbook', name: 'Start a playbook, or go on with one', label: 'Playbooks', keys: ['Mod+Shift+P'], enabled: () => (cockpit.live?.hold.playbooks.length ?? 0) > 0, run: () => desk.open('playbook') },
	{ id: 'measure', name: 'Write down a temporary measure, with its owner and its end', label: 'Temporary', keys: [], run: () => desk.open('measure') },
	{ id: 'soak', name: 'The measures are normal: the time that they must hold runs from now on', label: 'Normal', keys: [], enabled: soaking, run: () => plainly(startSoak('')) },
	{ id: 'dip', name: 'They dipped: the time that they must hold runs anew', label: 'Dip', keys: [], enabled: dips, run: () => plainly(noteDip('', '')) },
	{ id: 'link', name: 'Link with another incident: related, a duplicate, merged; or take that back', label: 'Link', keys: [], run: () => desk.open('link') },
];
