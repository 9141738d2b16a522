// What is done after "resolved": the clean-up, the follow-ups, the retrospective's date, and what it all takes in a year.
import { api, Fault, faultOf, shell, type BoardView, type CalculatorInput, type CalculatorView, type FollowUpInput, type MineView, type RetroInput, type UnfinishedView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import type { Action } from './action';
import { ask, type Outcome } from './orders';

/** got answers with what was asked for; a failure is shown, and answers with null. */
async function got<T>(call: Promise<T>): Promise<T | null> {
	try {
		return await call;
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

export const board = (incident: string): Promise<BoardView | null> => got(api.Board(incident));
export const unfinished = (): Promise<UnfinishedView[] | null> => got(api.Unfinished());
export const blanks = (): Promise<MineView[] | null> => got(api.Blanks());

/** mistaken is what cannot be read in a field, before anything is asked for. */
export const mistaken = (field: string, message: string, hint: string): Fault => new Fault('invalid', message, hint, field);

const incident = () => cockpit.chosen;

export const followUp = (of: Omit<FollowUpInput, 'incident'>): Outcome => ask(api.FollowUp({ incident: incident(), ...of }));
export const endFollowUp = (id: string, state: string, text: string, minutes = 0): Outcome => ask(api.EndFollowUp({ incident: incident(), followUp: id, state, text, minutes }));
export const judgeImpact = (who: string, what: string): Outcome => ask(api.JudgeImpact({ incident: incident(), subject: who, text: what }));
export const bookRetro = (of: Omit<RetroInput, 'incident'>): Outcome => ask(api.BookRetro({ incident: incident(), ...of }));
export const cancelRetro = (text: string): Outcome => ask(api.CancelRetro({ incident: incident(), subject: '', text }));
export const shareRetro = (text: string, link: string): Outcome => ask(api.ShareRetro({ incident: incident(), subject: link, text }));
export const resumeWork = (person: string): Outcome => ask(api.ResumeWork({ incident: incident(), subject: person, text: '' }));
export const waive = (item: string, text: string): Outcome => ask(api.WaiveCleanup({ incident: incident(), subject: item, text }));

/** invitation saves the file for other people's calendars, and says to whom it goes. */
export async function invitation(): Promise<void> {
	const v = await got(api.Invitation(incident()));
	if (!v) return;
	const where = await got(shell.save(v.name, v.type, v.text));
	if (!where) return;
	const off = v.gone === '' ? '' : await got(shell.save(v.name.replace('.ics', '-cancelled.ics'), v.type, v.gone));
	const to = v.to.length > 0 ? `Send it to ${v.to.join(', ')}` : 'It asks nobody: no address is known of who sees to it';
	desk.say(`Saved as ${where}. ${to}${v.lacks.length > 0 ? `. No address is known of ${v.lacks.join(', ')}` : ''}${off ? `. Asked no longer: send ${off} to ${v.goneTo.join(', ')}` : ''}`);
}

/** calculator answers with the fault that belongs to a field, or with what incidents take. */
export async function calculator(of: CalculatorInput): Promise<CalculatorView | { fault: string }> {
	try {
		return await api.Calculator(of);
	} catch (reason) {
		return { fault: faultOf(reason).message };
	}
}

async function keep(call: Promise<{ name: string; type: string; text: string; base64: boolean }>): Promise<void> {
	const d = await got(call);
	const where = d && (await got(shell.save(d.name, d.type, d.text, d.base64)));
	if (where) desk.say(`Saved as ${where}`);
}

export const saveYearSheet = (of: CalculatorInput): Promise<void> => keep(api.CalculatorSheet(of));
export const saveYearPaper = (of: CalculatorInput): Promise<void> => keep(api.CalculatorPaper({ ...of, format: 'pdf' }));
export const saveYear = (of: CalculatorInput): Promise<void> => keep(api.CalculatorDocument(of));

/** pages that come after "resolved". */
export const afterwards: Action[] = [
	{ id: 'cleanup', name: 'Clean up: what is left before the incident is closed, and its follow-ups', label: 'Clean-up', keys: ['Mod+8'], group: 'everywhere', enabled: () => cockpit.live !== null, run: () => desk.turn('cleanup') },
	{ id: 'calculator', name: 'Reckon what incidents take in a year', label: 'A year', keys: ['Mod+9'], group: 'everywhere', run: () => desk.turn('calculator') },
];
