// Times as people read and type them. All are milliseconds UTC.

const minute = 60_000;
const hour = 60 * minute;
const dayLong = 24 * hour;

// Spelt out, because webviews disagree about commas.
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const two = (n: number) => String(n).padStart(2, '0');
const shifted = (at: number, offset: Offset) => new Date(local(at, offset));

/** Shift says how many minutes east of UTC a zone is from an instant on. */
export interface Shift {
	from: number;
	east: number;
}

/** Offset is how far east of UTC times are shown: in minutes, or as a zone that changes its clocks, the earliest first. */
export type Offset = number | readonly Shift[];

/** eastAt is how many minutes east of UTC it is at an instant. */
export function eastAt(at: number, offset: Offset): number {
	if (typeof offset === 'number') return offset;
	return (offset.findLast((s) => s.from <= at) ?? offset[0])?.east ?? 0;
}

let last: readonly Shift[] = [];

/** steady is a zone as it was the last time if it is the same: nothing that shows a time need be drawn again. */
export function steady(shifts: readonly Shift[]): readonly Shift[] {
	if (shifts.length !== last.length || shifts.some((s, i) => s.east !== last[i]?.east || s.from !== last[i]?.from)) last = shifts;
	return last;
}

/** local is an instant as the clock on the wall has it, counted as if that were UTC. */
const local = (at: number, offset: Offset) => at + eastAt(at, offset) * minute;

/**
 * instant is when the clock on the wall shows a local time. One that the clock leaps over is as far behind the leap as
 * it says; of one that comes twice the first is meant.
 */
function instant(wall: number, offset: Offset): number {
	const before = wall - eastAt(wall - dayLong, offset) * minute; // as if no change had come yet
	const after = wall - eastAt(wall + dayLong, offset) * minute;
	return local(before, offset) === wall || local(after, offset) !== wall ? before : after;
}

/** midnight is when the day of an instant began. */
export const midnight = (at: number, offset: Offset): number => instant(Math.floor(local(at, offset) / dayLong) * dayLong, offset);

/** clock is the time of day, "14:31:18". */
export function clock(at: number, offset: Offset): string {
	const d = shifted(at, offset);
	return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
}

/** hm is the time of day without seconds, "14:31"; an unknown time is "--:--". */
export function hm(at: number, offset: Offset): string {
	return at === 0 ? '--:--' : clock(at, offset).slice(0, 5);
}

/** day is the date, "Friday 20 November 2026". */
export function day(at: number, offset: Offset): string {
	const d = shifted(at, offset);
	return `${weekdays[d.getUTCDay()]} ${d.getUTCDate()} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/** date is the short date, "20 Nov". */
export function date(at: number, offset: Offset): string {
	const d = shifted(at, offset);
	return `${d.getUTCDate()} ${months[d.getUTCMonth()]?.slice(0, 3)}`;
}

/** stamp is date and time as they are typed, "2026-11-20 14:31". */
export function stamp(at: number, offset: Offset): string {
	return shifted(at, offset).toISOString().slice(0, 16).replace('T', ' ');
}

/** sameDay tells whether two times fall on one day. */
export function sameDay(a: number, b: number, offset: Offset): boolean {
	return Math.floor(local(a, offset) / dayLong) === Math.floor(local(b, offset) / dayLong);
}

/** when is the time of day, with the date in front when it is not today. */
export function when(at: number, now: number, offset: Offset): string {
	return sameDay(at, now, offset) ? hm(at, offset) : `${date(at, offset)} ${hm(at, offset)}`;
}

/** span is a length without sign: "02:10", from an hour on "1:17:10", from two days on "3 d". */
export function span(ms: number): string {
	const s = Math.floor(Math.abs(ms) / 1000);
	if (s >= 2 * 86_400) return `${Math.floor(s / 86_400)} d`;
	const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
	return s >= 3600 ? `${Math.floor(s / 3600)}:${rest}` : rest;
}

/** elapsed is a running length, "00:47:12"; before it starts it is zero. */
export function elapsed(ms: number): string {
	const s = Math.max(0, Math.floor(ms / 1000));
	return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** held is how long something has been so, in hours and minutes: "00:44". */
export function held(ms: number): string {
	return elapsed(ms).slice(0, -3);
}

/** tplus is the distance from the start of the impact: "T+00:47". */
export function tplus(ms: number): string {
	return `T${ms < 0 ? '−' : '+'}${held(Math.abs(ms))}`;
}

/** spoken is a length in words, "20 min 14 s". */
export function spoken(ms: number): string {
	const s = Math.max(0, Math.round(ms / 1000));
	if (s >= 3600) return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
	return s >= 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s} s`;
}

const units: Record<string, number> = { d: dayLong, h: hour, m: minute };

/**
 * readTime reads a typed time: "30m", "1h30m", "15:05", "2026-11-20 15:05", "2026-11-20". Lengths and bare
 * clocks look ahead or back; an empty text is 0, one that cannot be read is null.
 */
export function readTime(typed: string, now: number, offset: Offset, looks: 'ahead' | 'back'): number | null {
	const text = typed.trim().toLowerCase().replace(/^[~+\-–−]\s*|\s+ago$/g, '');
	if (text === '') return 0;
	const sign = looks === 'ahead' ? 1 : -1;
	if (/^(\d{1,4}\s*(d|h|min|m)\s*)+$/.test(text)) {
		let length = 0;
		for (const [, n, u] of text.matchAll(/(\d{1,4})\s*(d|h|m)/g)) length += Number(n) * (units[u ?? 'm'] ?? 0);
		return now + sign * length;
	}
	const c = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
	if (c) {
		const today = Math.floor(local(now, offset) / dayLong) * dayLong + Number(c[1]) * hour + Number(c[2]) * minute + Number(c[3] ?? 0) * 1000;
		const at = instant(today, offset);
		if (looks === 'ahead') return at > now ? at : instant(today + dayLong, offset);
		return at <= now ? at : instant(today - dayLong, offset);
	}
	const d = /^(\d{4})-(\d{2})-(\d{2})(?:[ t]([01]?\d|2[0-3]):([0-5]\d))?$/.exec(text);
	if (d) {
		const [y, mo, da] = [Number(d[1]), Number(d[2]) - 1, Number(d[3])];
		const at = new Date(Date.UTC(y, mo, da, Number(d[4] ?? 12), Number(d[5] ?? 0)));
		return at.getUTCMonth() === mo && at.getUTCDate() === da ? instant(at.getTime(), offset) : null;
	}
	return null;
}
