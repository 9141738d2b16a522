import type { ActView, LiveView } from '$lib/bridge';
import { hm, type Offset } from './time';

/** Words for one thing to do, and the action that begins it. */
export interface ActWords {
	text: string;
	does: string; // the action's id; empty = none
}

const opening = ['update', 'severity', 'roles', 'phase'];

const audience = (live: LiveView, id: string) => live.audiences.find((a) => a.id === id);
const step = (live: LiveView, id: string) => live.rail.find((s) => s.id === id)?.name ?? id;

function promise(live: LiveView, act: ActView, offset: Offset): string {
	const a = audience(live, act.subject);
	const name = a?.name ?? act.subject;
	return a?.first ? `Tell ${name} for the first time – owed by ${hm(act.due, offset)}` : `Update ${name} – promised for ${hm(act.due, offset)}`;
}

function item(live: LiveView, act: ActView): ActWords {
	const list = [live.checklist, ...live.interrupted].find((l) => l.items.some((i) => i.id === act.subject)) ?? live.checklist;
	const opens = list.items.find((i) => i.id === act.subject)?.act ?? '';
	if (list !== live.checklist) return { text: `${list.name}: ${act.text}`, does: 'resume' };
	const turn = list.mode !== 'read-do' || list.items.find((i) => i.state === 'open')?.id === act.subject;
	return { text: act.text, does: opening.includes(opens) ? opens : turn ? 'tick' : 'jump' };
}

function nothing(live: LiveView, act: ActView, offset: Offset): string {
	if (live.phase === 'closed') return 'Closed. Whatever is added now is marked as late';
	if (act.due === 0) return 'Nothing is due';
	return `Nothing is due. Next promise: ${audience(live, act.subject)?.name ?? act.subject} ${hm(act.due, offset)}`;
}

const asked: Record<string, string> = {
	promise: 'a promise was missed',
	phase: 'this phase has lasted long',
	span: 'more than seven people report to you',
	duty: 'you have been on for hours',
	raised: 'it became worse',
};

/** asks says why somebody is asked whether they need help. */
export const asks = (why: string): string => asked[why] ?? '';

/** actWords says what to do next. The words hold no running time, so that they are read out once. */
export function actWords(live: LiveView, act: ActView, offset: Offset): ActWords {
	switch (act.kind) {
		case 'promise-late':
		case 'promise-soon':
			return { text: promise(live, act, offset), does: 'update' };
		case 'command':
			if (act.subject === '') return { text: 'Nobody commands – give command to somebody', does: 'roles' };
			return { text: `Command was offered at ${hm(act.due - 600_000, offset)} and not taken – chase it or keep it`, does: 'handoff' };
		case 'action-up':
			return { text: `Time is up – ${act.text}`, does: 'jump' };
		case 'assess':
			return { text: `Assess how bad it is – ${live.severity} is provisional`, does: 'severity' };
		case 'assess-late':
			return { text: `Severity still provisional (${live.severity}) – confirm it, or set another`, does: 'severity' };
		case 'reassess':
			return { text: `Look again at ${live.severity} – worse, same or better than when it was judged?`, does: 'severity' };
		case 'killer':
		case 'item':
			return item(live, act);
		case 'check':
			return { text: `Did it work? ${act.text}`, does: 'jump' };
		case 'help':
			return { text: `Do you need help? ${asks(act.subject)}`, does: 'need' };
		case 'role':
			return { text: `${live.roles.find((r) => r.id === act.subject)?.name ?? act.subject} is open past its limit – name somebody`, does: 'roles' };
		case 'advance':
			return { text: `${live.checklist.name || step(live, live.phase)} is complete – move to ${step(live, act.subject)}`, does: 'phase' };
		case 'last-word':
			return { text: `Tell ${audience(live, act.subject)?.name ?? act.subject} that it is over`, does: 'update' };
		case 'retro':
			return { text: 'Book the retrospective', does: 'cleanup' };
		case 'follow-up':
			return { text: 'Write down at least one follow-up – begin a line with +', does: 'cleanup' };
		case 'clean-up':
			return { text: act.text, does: 'cleanup' };
		case 'close':
			return { text: 'Close the incident', does: 'phase' };
		default:
			return { text: nothing(live, act, offset), does: '' };
	}
}
