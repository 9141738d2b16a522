// What Enter in the log line does.
import { api, faultOf, shell, type Fault } from '$lib/bridge';
import { keyLabel } from '$lib/format/keys';
import { short } from '$lib/format/text';
import { ownWords, undone } from '$lib/format/words';
import { clock } from '$lib/state/clock.svelte';
import { cockpit, type Pending } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { drafts } from '$lib/state/drafts';
import { newID } from '$lib/state/id';
import { line } from '$lib/state/line.svelte';
import { attachText } from './attach';
import { amend, declare } from './orders';
import { order } from './slash';

let queue: Promise<void> = Promise.resolve(); // lines reach the record in the order in which they were typed

function change(id: string, to: Partial<Pending>): void {
	cockpit.pending = cockpit.pending.map((p) => (p.id === id ? { ...p, ...to } : p));
}

const drop = (id: string) => {
	cockpit.pending = cockpit.pending.filter((p) => p.id !== id);
};

const pause = 500; // ms; who has typed nothing for so long is not in the middle of the next line

/** refused gives a line back to its writer, or leaves it among the rows when the next one is already being typed. */
async function refused(p: Pending, fault: Fault): Promise<void> {
	if (fault.code !== 'unreachable' && fault.code !== 'internal') {
		desk.tell(fault);
		if (line.text === '') await new Promise((done) => setTimeout(done, pause));
		if (line.text === '' && cockpit.chosen === p.incident) {
			drop(p.id);
			line.typed(p.text);
			return;
		}
	}
	if (!cockpit.pending.some((q) => q.id === p.id)) cockpit.pending = [...cockpit.pending, p];
	change(p.id, { fault });
}

const soon = 5000; // ms; a line that gets through later than that says when it was typed

/** dated puts the time at which a line was typed in front of it, unless its writer has given one or it is an order. */
export function dated(text: string, at: number, now: number): string {
	const late = now - at;
	if (late < soon || /^\s*(\/|-\d|~?\d{1,2}:\d\d)/.test(text)) return text; // an order is obeyed when it gets through
	return late < 9000_000 ? `-${Math.round(late / 1000)}s ${text}` : `-${Math.round(late / 60_000)}m ${text}`;
}

async function write(p: Pending): Promise<void> {
	try {
		await api.Log({ incident: p.incident, id: p.id, text: dated(p.text, p.at, clock.now), as: p.as });
		change(p.id, { saved: true, fault: null });
	} catch (reason) {
		void refused(p, faultOf(reason));
	}
}

const typed = (text: string): Pending => ({ id: newID(), incident: cockpit.chosen, text, as: line.as, at: clock.now, saved: false, fault: null });

function record(text: string): void {
	const p = typed(text);
	cockpit.pending = [...cockpit.pending, p];
	queue = queue.then(() => write(p));
}

/** send orders the backend to take a line, after those before it. It stands among the rows only when it was not taken. */
function send(text: string): void {
	const p = typed(text);
	queue = queue.then(async () => {
		try {
			await api.Log({ incident: p.incident, id: p.id, text, as: p.as });
		} catch (reason) {
			void refused(p, faultOf(reason));
		}
	});
}

/** retryLost writes again what did not reach the backend, once it can be reached. */
export function retryLost(): void {
	for (const p of cockpit.pending) if (p.fault?.code === 'unreachable') queue = queue.then(() => write(p));
}

/** retry writes again what could not be written; the ids are the same, so nothing comes twice. */
export function retry(): void {
	for (const p of cockpit.pending) if (p.fault) queue = queue.then(() => write(p));
}

/** unsaved reports whether a line is in this window only. */
export const unsaved = (): boolean => cockpit.pending.some((p) => p.fault);

/** rescued is the text of a file that keeps lines: each with the time at which it was typed. */
export function rescued(lines: Pick<Pending, 'at' | 'as' | 'text'>[]): string {
	return lines.map((p) => `${new Date(p.at).toISOString()} ${p.as === '' ? '' : `${p.as}: `}${p.text}\n`).join('');
}

/** rescue keeps the lines that are in this window only in a file elsewhere. They stay, and are written once that works. */
export async function rescue(): Promise<void> {
	const lines = cockpit.pending.filter((p) => p.fault);
	const first = lines[0];
	if (!first) return;
	try {
		const name = `quarterdeck-unsaved-${new Date(first.at).toISOString().replace(/\.\d+|[:-]/g, '')}.txt`;
		const where = await shell.save(name, 'text/plain', rescued(lines));
		if (where !== '') desk.say(`Kept in ${where}; the lines stay here until they are saved`);
	} catch (reason) {
		desk.tell(faultOf(reason));
	}
}

/** back takes a line that was not saved out of the timeline and into the log line. */
export function back(p: Pending): void {
	drop(p.id);
	line.typed(line.text === '' ? p.text : `${line.text}\n${p.text}`);
	desk.toLine();
}

async function correct(text: string): Promise<void> {
	const editing = line.editing;
	if (!editing) return;
	const of = cockpit.chosen;
	leave(); // what is typed from here on belongs to the line again
	const fault = await amend(editing.id, text, 0);
	if (!fault) return;
	if (fault.code === 'invalid') desk.tell(fault);
	const giveBack = () => {
		if (cockpit.chosen !== of || line.editing) return desk.say(`Not corrected: ${short(text, 200)}`, true);
		line.editing = { ...editing, before: line.text };
		line.typed(text);
	};
	if (line.text === editing.before) giveBack();
	else desk.whenQuiet(giveBack);
}

/** carry records a line, or carries out the order that it is. */
function carry(text: string): void {
	if (!text.trim().startsWith('/')) record(text);
	else if (!order(text.trim())) send(text);
}

let declaring: Promise<void> | null = null;

/** after keeps a line that was entered before the declaration above it was on disk, and carries it then. */
async function after(declared: Promise<void>, text: string): Promise<void> {
	line.clear();
	await declared;
	if (cockpit.chosen !== '') return carry(text);
	line.typed(line.text === '' ? text : `${line.text}\n${text}`);
}

async function declareTitle(title: string): Promise<void> {
	line.clear(); // what is typed from here on belongs to the incident
	const fault = await declare({ title, type: '', severity: '', impact: '', started: 0 });
	const more = drafts.get('title');
	if (fault?.code === 'invalid') desk.tell(fault);
	if (fault) return line.typed(title + more);
	line.drop('title');
	if (more !== '') line.typed(more);
}

/** submit is Enter: it records, orders, corrects or, without an incident, declares. */
export async function submit(): Promise<void> {
	const text = line.text;
	if (text.trim() === '') {
		if (cockpit.station?.away) await api.ReadAway().catch((reason: unknown) => desk.tell(faultOf(reason)));
		return;
	}
	if (declaring && !line.long) return after(declaring, text);
	if (line.long && line.editing) return desk.say('Not corrected: an entry holds up to 64 KiB', true);
	if (line.long && cockpit.chosen !== '') {
		if ((await attachText(text)) && line.text === text) line.clear();
		return;
	}
	if (line.long) return desk.say('Too long for a title', true);
	if (line.editing) return correct(text);
	if (text.trim() === '/') {
		line.clear();
		desk.palette = '';
		return;
	}
	if (cockpit.chosen !== '') {
		carry(text);
		return line.clear();
	}
	if (text.trim().startsWith('/')) {
		if (order(text.trim())) return line.clear();
		return desk.say('Choose or declare an incident first', true);
	}
	if (!line.armed) {
		line.armed = true;
		return;
	}
	declaring = declareTitle(text.trim()).finally(() => (declaring = null));
	return declaring;
}

/** settled waits until what was typed has come back as rows, so that "the last" means what the typist sees; false: it did not in time. */
async function settled(): Promise<boolean> {
	for (let i = 0; i < 50; i++) {
		await queue;
		if (!cockpit.pending.some((p) => p.incident === cockpit.chosen && !p.fault)) return true;
		await new Promise((done) => setTimeout(done, 20));
	}
	return false;
}

/** takeBack undoes the last act of whoever sits here, or does the one again that was undone last; chord is the way back. */
export async function takeBack(again: boolean, chord: string): Promise<void> {
	const of = { incident: cockpit.chosen, as: line.as };
	if (!(await settled())) return desk.say('The last line is not on disk yet; try again', true);
	if (cockpit.chosen !== of.incident) return; // somebody went on
	try {
		const v = await (again ? api.RedoLast(of) : api.UndoLast(of));
		desk.say(`${short(undone(v, again), 120)}${chord === '' ? '' : ` · ${keyLabel(chord)}`}`);
	} catch (reason) {
		const fault = faultOf(reason);
		if (fault.code === 'not_found') desk.say(fault.message);
		else desk.tell(fault);
	}
}

/** editLast puts the last words of whoever speaks into the line, to be corrected. */
export async function editLast(): Promise<void> {
	if (!(await settled()) || line.text !== '') return;
	const who = line.as || (cockpit.station?.me.name ?? '');
	const last = cockpit.rows.findLast((r) => r.worded && ownWords(r) !== '' && r.actor === who && !r.undone && r.redacted === '');
	if (!last) return;
	edit(last.id, last.at, ownWords(last));
}

/** edit puts a record's words into the line. */
export function edit(id: string, at: number, text: string): void {
	line.editing = { id, at, before: line.editing ? line.editing.before : line.text };
	line.typed(text);
	desk.toLine();
}

/** leave ends correcting and brings back what stood in the line. */
export function leave(): void {
	const before = line.editing?.before ?? '';
	line.editing = null;
	line.typed(before);
}
