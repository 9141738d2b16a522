import type { Due } from '$lib/format/due';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { showIncident } from './find';

const sheets: Record<string, 'update' | 'severity' | 'roles' | 'handoff' | 'phase' | 'need'> = { help: 'need', promise: 'update', assess: 'severity', role: 'roles', command: 'handoff', duty: 'handoff', span: 'roles', exits: 'phase' };

/** reach goes to where something that is due is seen to. */
export async function reach(d: Due & { incident: string }): Promise<void> {
	desk.close();
	if (!(await showIncident(d.incident || cockpit.chosen))) return;
	const sheet = sheets[d.kind];
	if (sheet) return desk.open(sheet, d.kind === 'promise' || d.kind === 'role' ? d.subject : '');
	if (d.kind !== 'action' && d.kind !== 'check') return desk.toLine();
	desk.board = true;
	desk.tab = 'board';
	desk.edit(`${d.kind === 'check' ? 'decision' : 'action'}/${d.subject}`);
}
