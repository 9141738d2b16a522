// What the user can order about changes, decisions, hypotheses, read-back, teams and help.
import { api, shell, type ChangeStartInput, type HandoffFileSays, type HandoffFileView, type HandoffOpenInput, type IntermissionView } from '$lib/bridge';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { faultOf } from '$lib/bridge';
import { ask, type Outcome } from './orders';

const incident = () => cockpit.chosen;

export const startChange = (c: Omit<ChangeStartInput, 'incident'>): Outcome => ask(api.StartChange({ incident: incident(), ...c }));
export const endChange = (subject: string, outcome: string, text: string): Outcome => ask(api.EndChange({ incident: incident(), subject, outcome, text }));
export const checkDecision = (subject: string, outcome: string, text: string): Outcome => ask(api.CheckDecision({ incident: incident(), subject, outcome, text }));
export const expectDecision = (decision: string, expect: string, minutes: number): Outcome => ask(api.ExpectDecision({ incident: incident(), decision, objections: '', expect, minutes }));
export const readBack = (subject: string): Outcome => ask(api.ReadBack({ incident: incident(), subject, text: '' }));
export const joinTeam = (person: string, lead: string): Outcome => ask(api.JoinTeam({ incident: incident(), person, lead }));
export const answerNeeds = (needs: string[], text: string): Outcome => ask(api.AnswerIntermission({ incident: incident(), needs, text }));

const sorts = ['change', 'metric', 'log'];

/** judgeHypothesis says how one stands; evidence may begin with its sort: "log: first error 13:41". */
export function judgeHypothesis(hypothesis: string, state: string, typed: string): Outcome {
	const [head = '', ...rest] = typed.split(':');
	const sort = rest.length > 0 && sorts.includes(head.trim().toLowerCase()) ? head.trim().toLowerCase() : '';
	return ask(api.JudgeHypothesis({ incident: incident(), hypothesis, state, sort, text: sort === '' ? typed : rest.join(':').trim() }));
}

/** intermission asks whether help is needed, and whom to call. */
export async function intermission(): Promise<IntermissionView | null> {
	try {
		return await api.Intermission(incident());
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

export const openHandoff = (file: HandoffOpenInput, then: (v: HandoffFileSays) => void): Outcome => ask(api.OpenHandoff(file).then(then));
export const takeHandoff = (file: HandoffOpenInput, then: (v: HandoffFileSays) => void): Outcome => ask(api.TakeHandoff(file).then(then));

/** exportHandoff makes the file for another machine and saves it; then is told where it lies. */
export const exportHandoff = (passphrase: string, then: (v: HandoffFileView, where: string) => void): Outcome =>
	ask(api.ExportHandoff({ incident: incident(), passphrase }).then(async (v) => then(v, await shell.save(v.name, v.type, v.text))));
