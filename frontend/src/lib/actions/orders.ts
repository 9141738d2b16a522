// What the user can order the backend to do with the chosen incident. Each order answers with the fault that belongs
// to a field of whoever gave it; every other fault has been shown by then.
import { api, Fault, faultOf, shell, type AssessInput, type AssessView, type ChannelNameView, type DeclaringView, type DraftView, type HandoffView, type OfferInput, type ReliefView, type RealView, type SimilarView, type PrefsInput, type RuleView, type WaiverInput } from '$lib/bridge';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { newID } from '$lib/state/id';

export type Outcome = Promise<Fault | null>;

/** What only the one who hands command over knows. */
export type Handover = Pick<OfferInput, 'worry' | 'undone' | 'care'>;

/** ask waits for an order; what belongs to no field has been shown by then. */
export async function ask(call: Promise<unknown>): Outcome {
	try {
		await call;
		return null;
	} catch (reason) {
		const fault = faultOf(reason);
		if (fault.code !== 'invalid') desk.tell(fault);
		return fault;
	}
}

/** plainly gives an order that has no field: whatever is wrong is shown. */
export async function plainly(outcome: Outcome): Promise<boolean> {
	const fault = await outcome;
	if (fault?.code === 'invalid') desk.tell(fault);
	return fault === null;
}

const incident = () => cockpit.chosen;

export const check = (subject: string, state: string, text: string) => ask(api.Check({ incident: incident(), subject, state, text }));
export const leaveList = (subject: string, text: string) => ask(api.LeaveList({ incident: incident(), subject, state: '', text }));
export const judge = (subject: string, state: string, text: string) => ask(api.JudgeExit({ incident: incident(), subject, state, text }));
export const assign = (role: string, person: string) => ask(api.AssignRole({ incident: incident(), role, person }));
export const assignOnCall = (role: string, schedule: string, lane: string, person: string) => ask(api.AssignOnCall({ incident: incident(), role, schedule, lane, person }));
export const askRole = (role: string, person: string) => ask(api.AskRole({ incident: incident(), role, person }));
export const nameDeputy = (role: string, person: string) => ask(api.NameDeputy({ incident: incident(), role, person }));
export const coverRole = (role: string, minutes: number) => ask(api.CoverRole({ incident: incident(), role, minutes }));
export const offerCommand = (person: string, h: Handover) => ask(api.OfferCommand({ incident: incident(), person, ...h }));
export const acceptCommand = (voice: boolean, back: string[], time: number) => ask(api.AcceptCommand({ incident: incident(), voice, back, time }));
export const withdrawOffer = () => ask(api.WithdrawOffer({ incident: incident(), subject: '', text: '' }));
export const claimCommand = (text: string) => ask(api.ClaimCommand({ incident: incident(), subject: '', text }));
export const announce = (text: string) => ask(api.Announce({ incident: incident(), subject: '', text }));
export const judgeSeverity = (a: Omit<AssessInput, 'incident'>) => ask(api.Judge({ incident: incident(), ...a }));
export const setSeverity = (to: string, reason: string) => ask(api.SetSeverity({ incident: incident(), to, reason, waivers: [] }));
export const movePhase = (to: string, reason: string, waivers: WaiverInput[] = []) => ask(api.MovePhase({ incident: incident(), to, reason, waivers }));
export const situate = (subject: string, text: string) => ask(api.SetSituation({ incident: incident(), subject, text }));
export const answer = (subject: string, text: string) => ask(api.Answer({ incident: incident(), subject, text }));
export const closeAction = (action: string, dropped: boolean, result: string) => ask(api.EndAction({ incident: incident(), action, minutes: 0, dropped, result }));
export const extendAction = (action: string, minutes: number) => ask(api.EndAction({ incident: incident(), action, minutes, dropped: false, result: '' }));
export const setMilestone = (subject: string, time: number, approx: boolean) => ask(api.SetMilestone({ incident: incident(), subject, time, approx, text: '' }));
export const planRetro = (owner: string, time: number) => ask(api.PlanRetro({ incident: incident(), subject: '', time, approx: false, text: owner }));
export const movePromise = (subject: string, time: number) => ask(api.MovePromise({ incident: incident(), subject, time, approx: false, text: '' }));
export const snooze = (deadline: string, minutes: number) => ask(api.Snooze({ incident: incident(), deadline, minutes }));
export const explain = (of: string, subject: string, text: string) => ask(api.ExplainSnooze({ incident: of, subject, text }));
export const amend = (subject: string, text: string, time: number) => ask(api.Amend({ incident: incident(), subject, text, time, approx: false }));
export const undo = (subject: string) => ask(api.Undo({ incident: incident(), subject, text: '' }));
export const redact = (subject: string, text: string, done: (left: string[]) => void) => ask(api.Redact({ incident: incident(), subject, text }).then((v) => done(v.left)));
export const readAway = () => ask(api.ReadAway());

let lastPrefs: Promise<unknown> = Promise.resolve(); // they are kept in the order in which they were chosen

export function setPrefs(prefs: Partial<PrefsInput>): Outcome {
	const mine = lastPrefs.then(() => ask(api.SetPrefs({ name: '', theme: '', size: 0, font: '', volume: 0, ...prefs })));
	lastPrefs = mine;
	return mine;
}

/** rename says who sits here; to the backend an empty name means the one that it has. */
export function rename(name: string): Outcome {
	const to = name.trim();
	return to === '' ? Promise.resolve(new Fault('invalid', 'The record needs a name.', 'Any that others know you by will do.', 'name')) : setPrefs({ name: to });
}

/** draft fills an update, or checks the text that is given. */
export async function draft(incident: string, audience: string, state: string, text: string, next: number): Promise<DraftView | null> {
	try {
		return await api.Draft({ incident, audience, state, text, next });
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** Declaration is what the sheet asks for; only the title must be there. */
export interface Declaration {
	title: string;
	type: string;
	severity: string;
	impact: string;
	started: number;
	detected: number;
	summary: string;
	source: string;
	reporter: string;
	thread: string;
	video: string;
	environments: string[];
	regions: string[];
	services: string[];
	invited: string[];
	signs: string[];
	security: boolean;
	backfill: boolean;
	declaredAt: number;
	channel: string;
}

const blank: Declaration = {
	title: '', type: '', severity: '', impact: '', started: 0, detected: 0, summary: '', source: '', reporter: '', thread: '', video: '',
	environments: [], regions: [], services: [], invited: [], signs: [], security: false, backfill: false, declaredAt: 0, channel: '',
};

/** channelOf is the channel that declaring would open; null when that cannot be told. */
export const channelOf = (d: Partial<Declaration>): Promise<ChannelNameView | null> => api.PreviewChannel({ id: '', ...blank, ...d }).catch(() => null);

/** declare opens an incident and shows it. */
export async function declare(d: Partial<Declaration>): Outcome {
	try {
		cockpit.adopt(await api.Declare({ id: newID(), ...blank, ...d }));
		desk.page = '';
		return null;
	} catch (reason) {
		const fault = faultOf(reason);
		if (fault.code !== 'invalid') desk.tell(fault);
		return fault;
	}
}

/** drill declares one in the place of drills, which is another cockpit: a window, or a link that works once. */
export async function drill(d: Partial<Declaration>): Promise<{ wrong: Fault | null; ref: string; link: string }> {
	let opened = { ref: '', link: '' };
	const wrong = await ask(api.Drill({ id: newID(), ...blank, ...d }).then((v) => (opened = v)));
	return { wrong, ...opened };
}

/** real declares an incident from the place of drills, which stops them; it is shown in the cockpit of incidents. */
export async function real(title: string): Promise<{ wrong: Fault | null; view: RealView | null }> {
	let view: RealView | null = null;
	const wrong = await ask(api.Real({ id: newID(), ...blank, title }).then((v) => (view = v)));
	return { wrong, view };
}

/** copy puts a text on the clipboard. */
export const copy = (text: string) => ask(shell.copy(text));

/** copyBrief copies the state of the incident as Markdown. */
export async function copyBrief(): Promise<void> {
	if (await plainly(ask(api.Brief(incident()).then(shell.copy)))) desk.say('The state of the incident is on the clipboard');
}

/** assess asks what answers propose, and what would change with it. */
export async function assess(a: Omit<AssessInput, 'incident'>): Promise<AssessView | null> {
	try {
		return await api.Assess({ incident: incident(), ...a });
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** similar asks which incidents resemble a title; a failure only leaves the list empty. */
export const similar = (title: string): Promise<SimilarView[]> => api.Similar({ incident: '', subject: '', text: title }).catch(() => []);

/** handoff asks for the brief to hand over. */
export async function handoff(): Promise<HandoffView | null> {
	try {
		return await api.Handoff(incident());
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** reliefs asks who could take over from the one who commands; a failure only leaves the list empty. */
export const reliefs = (person: string): Promise<ReliefView[]> => api.Relief({ incident: incident(), role: 'commander', person }).catch(() => []);

/** declaring asks what the kit's rules make of what is seen. */
export async function declaring(signs: string[]): Promise<DeclaringView | null> {
	try {
		return await api.Declaring({ signs });
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** save exports the incident as a document. */
export async function save(format: string): Promise<void> {
	let where = '';
	const exported = api.Export({ incident: incident(), format }).then(async (d) => {
		where = await shell.save(d.name, d.type, d.text);
	});
	if ((await plainly(ask(exported))) && where !== '') desk.say(`Saved as ${where}`);
}

/** hush turns the sounds off for some minutes, or on again. */
export async function hush(): Promise<void> {
	const silent = (cockpit.station?.alerts.silent ?? 0) > clock.now;
	if (await plainly(ask(api.Silence(silent ? 0 : 10)))) desk.say(silent ? 'Sounds are on again' : 'Sounds are off for 10 minutes');
}

/** tryAlarm sounds and shows a caution that is none. */
export const tryAlarm = async (): Promise<void> => {
	if (await plainly(ask(api.TryAlarm()))) desk.say('The desktop has taken it. Did you see and hear it?');
};

/** quitting names what will not ring once the app is gone. */
export async function quitting(): Promise<string[]> {
	try {
		return await shell.quitting();
	} catch (reason) {
		desk.tell(faultOf(reason));
		return [];
	}
}

/** leave quits the app. */
export const leave = () => plainly(ask(shell.quit()));

/** acknowledge says that the commander has seen what is lit: one thing by its key, or everything. */
export async function acknowledge(key = ''): Promise<void> {
	let count = 0;
	const order = api.Acknowledge({ key }).then((v) => {
		count = v.count;
	});
	if (await plainly(ask(order))) desk.say(count === 0 ? 'Nothing is lit that you have not seen' : `Acknowledged: ${count}. What is red stays red, and is silent for 10 minutes`);
}

/** alarms is the list of every alarm that there is. */
export async function alarms(): Promise<RuleView[]> {
	try {
		return await api.Alarms();
	} catch (reason) {
		desk.tell(faultOf(reason));
		return [];
	}
}

/** audible tells the backend whether the page sounds by itself; bubbles are silent then. */
export function audible(yes: boolean): void {
	api.Audible(yes).catch((reason: unknown) => desk.tell(faultOf(reason)));
}

/** atLogIn tells whether the app starts at log-in: on, off, or nothing where it cannot say. */
export async function atLogIn(): Promise<string> {
	try {
		return await shell.atLogIn();
	} catch (reason) {
		desk.tell(faultOf(reason));
		return '';
	}
}

/** setAtLogIn makes the app start at log-in, or not any more. */
export const setAtLogIn = (yes: boolean) => plainly(ask(shell.setAtLogIn(yes)));

/** focused tells the backend whether the commander looks at the page; alarms then need no bubble. */
export function focused(yes: boolean): void {
	desk.focused = yes;
	api.Focused(yes).catch((reason: unknown) => desk.tell(faultOf(reason)));
}
