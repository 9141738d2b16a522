// Looking back on an incident: what is asked of the backend, and what is told to it.
import { api, faultOf, type Fault, type HintView, type ReplayView, type ReviewView, type ThenView, type WrittenView } from '$lib/bridge';
import { desk } from '$lib/state/desk.svelte';
import { keep } from './learn';
import { ask as order, plainly } from './orders';

async function told<T>(asked: Promise<T>): Promise<T | null> {
	try {
		return await asked;
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** done gives an order and tells whether it was taken; a failure is shown. */
const done = (call: Promise<unknown>): Promise<boolean> => plainly(order(call));

/** retro is an incident to look back on, with the moments that are there already when they are the same; a failure is shown. */
export async function retro(incident: string, have: ReviewView | null): Promise<ReviewView | null> {
	const got = await told(api.Retro({ incident, key: have?.key ?? '' }));
	return got && have && got.key === have.key ? { ...got, moments: have.moments } : got;
}

/** writeSection puts a text into a section; base is the record that it rests on. */
export async function writeSection(incident: string, section: string, text: string, base: string, seconds: number): Promise<Fault | null> {
	try {
		await api.WriteSection({ incident, section, text, base, seconds });
		return null;
	} catch (reason) {
		return faultOf(reason);
	}
}

/** written is every text that stood in a section, the latest first. */
export const written = (incident: string, subject: string): Promise<WrittenView[] | null> => told(api.SectionHistory({ incident, subject, text: '' }));

/** hints are the words of a text that judge. They are a help: without an answer there are none. */
export async function hints(text: string): Promise<HintView[]> {
	try {
		return await api.Hints(text);
	} catch {
		return [];
	}
}

/** mark says that a moment helped, hindered or surprised; asked twice, it takes the mark away. */
export const mark = (incident: string, subject: string, as: string, text = '') => done(api.MarkMoment({ incident, subject, as, text }));
export const ask = (incident: string, subject: string, text: string) => done(api.AskMoment({ incident, subject, text }));
export const answer = (incident: string, subject: string, text: string) => done(api.AnswerMoment({ incident, subject, text }));
export const nameFactor = (incident: string, text: string) => done(api.NameFactor({ incident, subject: '', text }));
export const rewordFactor = (incident: string, subject: string, text: string) => done(api.Amend({ incident, subject, text, time: 0, approx: false }));
export const takeBack = (incident: string, subject: string) => done(api.Undo({ incident, subject, text: '' }));
export const lead = (incident: string, factor: string, to: string, gone = false) => done(api.LinkFactor({ incident, factor, to, moment: '', gone }));
export const seen = (incident: string, factor: string, moment: string, gone = false) => done(api.LinkFactor({ incident, factor, to: '', moment, gone }));

/** replay is where one can walk to in an incident's past; then is the cockpit as it was at a time. */
export const replay = (incident: string): Promise<ReplayView | null> => told(api.Replay(incident));
export const then = (incident: string, at: number): Promise<ThenView | null> => told(api.Then({ incident, at }));

/** saveRetro saves the retrospective as md, html or pdf. */
export const saveRetro = (incident: string, format: string) => keep(api.RetroDocument({ incident, format }));
