// The calendar's picture in words and places. All times are milliseconds UTC; zone is the picture's.
import type { CalendarView, DayView, EventView, FeedView, LaneView, PictureView, TurnView } from '$lib/bridge';
import { count } from './text';
import { date, hm, stamp } from './time';
import { east, offsetIn } from './zone';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Bar is a stretch in the row of a lane; left and width are parts of the row's width. */
export interface Bar {
	kind: 'turn' | 'gap' | 'quiet' | 'unknown';
	start: number;
	end: number;
	left: number;
	width: number;
	level: number; // bars at one time stand below each other
	turn?: TurnView;
}

/** place is where an instant lies in a row of days, 0 to 1: each day is as wide as every other. */
export function place(days: readonly DayView[], at: number): number {
	const i = days.findIndex((d) => at < d.end);
	const d = days[i];
	if (!d) return 1;
	return at <= d.start ? i / days.length : (i + (at - d.start) / (d.end - d.start)) / days.length;
}

const bar = (days: readonly DayView[], kind: Bar['kind'], start: number, end: number, turn?: TurnView): Bar => {
	const left = place(days, start);
	return { kind, start, end, left, width: place(days, end) - left, level: 0, turn };
};

/** bars are all stretches of a lane, by start; what is at one time stands on levels of its own. */
export function bars(lane: LaneView, days: readonly DayView[]): Bar[] {
	const to = days.at(-1)?.end ?? 0;
	const out = [
		...lane.turns.map((t) => bar(days, 'turn', t.start, t.end, t)),
		...lane.gaps.map((g) => bar(days, 'gap', g.start, g.end)),
		...lane.quiet.map((q) => bar(days, 'quiet', q.start, q.end)),
		...(lane.horizon > 0 && lane.horizon < to ? [bar(days, 'unknown', Math.max(lane.horizon, days[0]?.start ?? 0), to)] : []),
	].sort((a, b) => a.start - b.start || a.end - b.end);
	const ends: number[] = []; // by level
	for (const b of out) {
		const free = ends.findIndex((e) => e <= b.start);
		b.level = free < 0 ? ends.length : free;
		ends[b.level] = b.end;
	}
	return out;
}

/** inDay are those that touch a day. */
export const inDay = <T extends { start: number; end: number }>(list: readonly T[], d: DayView): T[] => list.filter((b) => b.start < d.end && b.end > d.start);

/** laneName is a row's name: the kit's role, else what the calendar calls it. */
export function laneName(lane: { role: string; lane: string; schedule: string }, role: (id: string) => string): string {
	return lane.role !== '' ? role(lane.role) : lane.lane !== '' ? `${lane.schedule}: ${lane.lane}` : lane.schedule;
}

/** until is an end, with its day when that is another one. */
const edge = (at: number, d: DayView, zone: string): string => {
	const offset = offsetIn(zone, at);
	return at >= d.start && at <= d.end ? hm(at, offset).replace('00:00', at === d.end ? '24:00' : '00:00') : `${date(at, offset)} ${hm(at, offset)}`;
};

/** barName is whom or what a bar shows. */
export function barName(b: Bar): string {
	if (b.kind === 'gap') return 'Nobody';
	if (b.kind === 'quiet') return 'Nobody, by design';
	if (b.kind === 'unknown') return 'No data';
	return b.turn?.name ?? '';
}

/** barWords are a bar in words, seen from one day. */
function barWords(b: Bar, d: DayView, zone: string): string {
	const notes = [b.turn?.override ? 'override' : '', b.turn?.tentative ? 'tentative' : '', b.turn && !b.turn.known ? 'not in people' : ''].filter((t) => t !== '');
	const span = b.start <= d.start && b.end >= d.end ? 'all day' : `${edge(Math.max(b.start, d.start), d, zone)}–${edge(Math.min(b.end, d.end), d, zone)}`;
	return `${barName(b)} ${span}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

/** dayWords are what a row says about a day. */
export const dayWords = (list: readonly Bar[], d: DayView, zone: string): string => {
	const all = inDay(list, d).map((b) => barWords(b, d, zone));
	return all.length === 0 ? 'nothing' : all.join('; ');
};

/** spanWords is a stretch with both ends, in a zone: "Fri 20 Nov 09:00 – 17:00". */
export function spanWords(start: number, end: number, zone: string): string {
	const a = offsetIn(zone, start);
	const b = offsetIn(zone, end);
	const same = stamp(start, a).slice(0, 10) === stamp(end, b).slice(0, 10);
	return `${weekday(start, zone)} ${date(start, a)} ${hm(start, a)} – ${same ? '' : `${weekday(end, zone)} ${date(end, b)} `}${hm(end, b)}`;
}

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** weekday is the day of the week in a zone: "Mon". */
export const weekday = (at: number, zone: string): string => names[new Date(at + offsetIn(zone, at) * minute).getUTCDay()] ?? '';

/** heading is what a picture shows: "Week 47 · 16 Nov – 22 Nov 2026". */
export function heading(p: PictureView): string {
	const first = p.days[0];
	const last = p.days.at(-1);
	if (!first || !last) return '';
	const of = (d: DayView) => new Date(d.start + d.offset * minute + hour);
	const year = of(last).getUTCFullYear();
	if (p.view === 'month') return `${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][of(first).getUTCMonth()]} ${year}`;
	return `Week ${p.week} · ${date(of(first).getTime(), 0)} – ${date(of(last).getTime(), 0)} ${year}`;
}

/** zoneWords is a zone with its offset on the days that are shown: "Europe/Berlin, UTC+2, then UTC+1". */
export function zoneWords(p: PictureView): string {
	const first = p.days[0]?.offset ?? 0;
	const last = p.days.at(-1)?.after ?? 0;
	if (p.zone === 'UTC') return 'UTC';
	return `${p.zone}, ${east(first)}${last === first ? '' : `, then ${east(last)}`}`;
}

/** Mark is where a day of UTC begins in the picture. */
export interface Mark {
	at: number;
	left: number;
	name: string;
}

/** marks are the days of UTC in a picture of another zone; with hours also its noons. */
export function marks(days: readonly DayView[], hours: boolean): Mark[] {
	const out: Mark[] = [];
	const from = days[0]?.start ?? 0;
	const to = days.at(-1)?.end ?? 0;
	const step = hours ? day / 2 : day;
	for (let at = Math.ceil(from / step) * step; at < to; at += step) out.push({ at, left: place(days, at), name: at % day === 0 ? (hours ? `${weekday(at, 'UTC')} 00` : String(new Date(at).getUTCDate())) : '12' });
	return out;
}

/** ago is an age in words, "32 min ago". */
export function ago(ms: number): string {
	if (ms < minute) return 'just now';
	if (ms < hour) return `${Math.floor(ms / minute)} min ago`;
	return ms < 2 * day ? `${Math.floor(ms / hour)} h ago` : `${Math.floor(ms / day)} d ago`;
}

/** copyWords says how a calendar's copy is: "as of 13:58, 32 min ago · 52 events". */
export function copyWords(f: FeedView, now: number, zone: string): string {
	if (f.read === 0) return f.tried === 0 ? 'not looked at yet' : 'never read';
	const offset = offsetIn(zone, f.read);
	const at = now - f.read < day ? hm(f.read, offset) : `${date(f.read, offset)} ${hm(f.read, offset)}`;
	return [`as of ${at}, ${ago(now - f.read)}`, count(f.events, 'event'), f.skipped > 0 ? `${f.skipped} skipped` : ''].filter((t) => t !== '').join(' · ');
}

/** stale is the word for a copy that is not to be trusted any more; '' for a good one. */
export function stale(f: FeedView): string {
	if (f.held) return 'held back';
	if (f.read === 0 && f.tried > 0) return 'never read';
	return f.look === 'nominal' || f.look === 'advisory' ? '' : 'stale';
}

/** eventBars are incidents and retrospectives; what goes on ends now. */
export const eventBars = (events: readonly EventView[], days: readonly DayView[], now: number): (Bar & { event: EventView })[] =>
	events.map((e, i) => ({ ...bar(days, 'turn', e.start, e.end === 0 ? Math.max(now, e.start + minute) : e.end), level: i, event: e }));

/** weekly is a gap as what is by design every week, in its schedule's zone: "Sat 02:00-06:00"; '' when it is longer than a day. */
export function weekly(start: number, end: number, zone: string): string {
	if (end - start > day) return '';
	return `${weekday(start, zone)} ${hm(start, offsetIn(zone, start))}-${hm(end, offsetIn(zone, end))}`;
}

/** loads says who carries what in the picture, the longest first. */
export const loads = (c: CalendarView, most = 6): string => c.loads.slice(0, most).map((l) => `${l.name} ${Math.round(l.minutes / 60)} h${l.nights > 0 ? `, ${count(l.nights, 'night')}` : ''}`).join(' · ');
