// What the user can order of the on-call calendars.
import { api, Fault, faultOf, shell, type AddCalendarInput, type ContactInput, type ContactView, type FeedView, type OnCallView } from '$lib/bridge';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { rota, type Slot } from '$lib/state/rota.svelte';
import { barName, bars, inDay, spanWords } from '$lib/format/rota';
import { ask, plainly, type Outcome } from './orders';

export const addCalendar = (in_: AddCalendarInput, done: (f: FeedView) => void) => ask(api.AddCalendar(in_).then(done));
export const removeCalendar = (name: string) => ask(api.RemoveCalendar(name));
export const muteGap = (schedule: string, text: string, from: number, to: number) => ask(api.MuteGap({ schedule, text, from, to }));
export const unmuteGap = (schedule: string, text: string) => plainly(ask(api.UnmuteGap({ schedule, text, from: 0, to: 0 })));
export const putContact = (p: ContactInput) => ask(api.PutPerson(p));
/** notePhone keeps a phone number of somebody; what else is known of them stays. */
export function notePhone(name: string, phone: string): Outcome {
	const put = (all: ContactView[]) => {
		const was = all.find((p) => p.name.toLowerCase() === name.toLowerCase());
		return api.PutPerson({ name, phone, email: was?.email ?? '', aliases: was?.aliases ?? [], zone: was?.zone ?? '', notes: was?.notes ?? '', slack: was?.slack ?? '' });
	};
	return ask(api.People().then(put));
}

export const dropContact = (p: ContactInput) => ask(api.DropPerson(p));

export const override = (id: string, schedule: string, lane: string, person: string, from: number, to: number, note: string) => ask(api.Override({ id, schedule, lane, person, from, to, note }));

/** dropOverride takes one away and says how to have it back. */
export async function dropOverride(id: string): Promise<void> {
	if (await plainly(ask(api.DropOverride(id)))) desk.say('The override is taken away; the calendar counts again');
}

export async function refreshCalendars(): Promise<void> {
	if ((cockpit.station?.onCall.feeds.length ?? 0) === 0) return desk.say('There is no calendar to look at yet');
	if (await plainly(ask(api.RefreshCalendars()))) desk.say('Every calendar is being looked at');
}

export async function acceptCalendar(name: string): Promise<void> {
	if (await plainly(ask(api.AcceptCalendar(name)))) desk.say(`${name} counts as it came`);
}

async function save(exported: Promise<{ name: string; type: string; text: string }>): Promise<void> {
	let where = '';
	const done = exported.then(async (e) => {
		where = await shell.save(e.name, e.type, e.text);
	});
	if ((await plainly(ask(done))) && where !== '') desk.say(`Saved as ${where}`);
}

/** exportOverrides saves the overrides made here as .ics, to be imported where the calendars are kept. */
export const exportOverrides = () => save(api.ExportOverrides());

/** savePhones saves the phone list as a page to be printed. */
export const savePhones = () => save(api.PhoneList());

/** whoAt asks who was on call at an instant. */
export async function whoAt(at: number): Promise<OnCallView | Fault> {
	try {
		return await api.OnCall(at);
	} catch (reason) {
		return faultOf(reason);
	}
}

/** contacts are all people that are known. */
export async function contacts(): Promise<ContactView[]> {
	try {
		return await api.People();
	} catch (reason) {
		desk.tell(faultOf(reason));
		return [];
	}
}

/** showLane opens the calendar at a row, today. */
export async function showLane(schedule: string, lane: string): Promise<void> {
	desk.turn('calendar');
	await rota.go(0);
	rota.find(clock.now);
	rota.row = Math.max(0, rota.picture?.calendar.lanes.findIndex((l) => l.schedule === schedule && l.lane === lane) ?? 0);
	desk.toLine();
}

/** slotHere is the stretch that the chosen cell is about: its gap, else its part of whoever is on. */
function slotHere(): Slot | null {
	const lane = rota.lane;
	const p = rota.picture;
	const d = p?.days[rota.day];
	if (!lane || !p || !d) return null;
	const here = inDay(bars(lane, p.days), d).filter((b) => b.kind !== 'unknown');
	const choices = here.flatMap((b) => {
		const whole = { id: `${b.kind}/${b.start}/${b.turn?.name ?? ''}`, name: `${barName(b)} ${spanWords(b.start, b.end, p.zone)}`, start: b.start, end: b.end };
		return [whole];
	});
	choices.push({ id: 'day', name: `All of ${spanWords(d.start, d.end, p.zone)}`, start: d.start, end: d.end });
	const gap = here.find((b) => b.kind === 'gap');
	const only = here.length === 1 ? here[0] : undefined;
	const made = here.find((b) => (b.turn?.id ?? '') !== '');
	const known = made && p.calendar.overrides.find((o) => o.id === made.turn?.id);
	const [start, end] = known ? [known.from, known.to] : gap ? [gap.start, gap.end] : only ? [Math.max(only.start, d.start), Math.min(only.end, d.end)] : [d.start, d.end];
	return { schedule: lane.schedule, lane: lane.lane, start, end, choices, override: known ? { id: known.id, person: known.person, note: known.note } : null };
}

/** shift opens the sheet that puts somebody there. */
export function shift(fresh: boolean): void {
	const slot = slotHere();
	if (!slot) return desk.say('Choose a row of a schedule first');
	rota.slot = fresh ? { ...slot, override: null } : slot;
	desk.open('shift');
}

/** mute opens the sheet for the gap of the chosen cell. */
export function mute(): void {
	const slot = slotHere();
	const gap = slot?.choices.find((c) => c.id.startsWith('gap/'));
	if (!slot || !gap) return desk.say('There is no gap on that day; G goes to the next one');
	rota.slot = { ...slot, start: gap.start, end: gap.end };
	desk.open('mute');
}

/** nextGap goes to the next gap, in the picture or behind it. */
export async function nextGap(): Promise<void> {
	const p = rota.picture;
	if (!p) return;
	const order: { row: number; day: number; start: number }[] = p.calendar.lanes.flatMap((l, row) => l.gaps.map((g) => ({ row, day: Math.max(0, p.days.findIndex((d) => g.start < d.end)), start: g.start })));
	order.sort((a, b) => a.day - b.day || a.row - b.row || a.start - b.start);
	const next = order.find((g) => g.day > rota.day || (g.day === rota.day && g.row > rota.row));
	if (next) {
		rota.row = next.row;
		rota.day = next.day;
	} else if (p.nextGap) {
		const { schedule, lane, start } = p.nextGap;
		await rota.go(start);
		rota.row = Math.max(0, rota.picture?.calendar.lanes.findIndex((l) => l.schedule === schedule && l.lane === lane) ?? 0);
	} else return desk.say(order.length === 0 ? 'No gap, as far as the calendars reach' : 'No further gap, as far as the calendars reach');
	desk.toLine();
}

