// Local times of any zone, by the webview's own data. All times are milliseconds UTC.
import { stamp } from './time';

const minute = 60_000;
const kept = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	let f = kept.get(zone);
	if (!f) {
		const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
		try {
			f = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone });
		} catch {
			f = new Intl.DateTimeFormat('en-GB', parts); // a name that the webview does not know: the machine's zone
		}
		kept.set(zone, f);
	}
	return f;
}

/** offsetIn is how many minutes east of UTC a zone is at an instant. */
export function offsetIn(zone: string, at: number): number {
	const p = Object.fromEntries(formatOf(zone).formatToParts(at).map((x) => [x.type, Number(x.value)]));
	const local = Date.UTC(p.year ?? 0, (p.month ?? 1) - 1, p.day, p.hour, p.minute, p.second);
	return Math.round((local - Math.floor(at / 1000) * 1000) / minute);
}

/** stampIn is date and time in a zone as they are typed, "2026-11-20 14:31". */
export const stampIn = (zone: string, at: number): string => stamp(at, offsetIn(zone, at));

/**
 * readStamp reads "2026-11-20 14:31" in a zone; null when it is none. A time that the clock leaps over is as far behind
 * the leap as it says; of one that comes twice the first is meant.
 */
export function readStamp(zone: string, typed: string): number | null {
	const m = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+([01]?\d|2[0-4]):([0-5]\d))?\s*$/.exec(typed);
	if (!m) return null;
	const [y, mo, d, h, mi] = [Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4] ?? 0), Number(m[5] ?? 0)];
	const day = new Date(Date.UTC(y, mo, d));
	if (day.getUTCMonth() !== mo || day.getUTCDate() !== d || (h === 24 && mi > 0)) return null;
	const local = Date.UTC(y, mo, d, h, mi);
	const before = local - offsetIn(zone, local - 24 * 60 * minute) * minute; // as if no change had come yet
	const after = local - offsetIn(zone, local + 24 * 60 * minute) * minute;
	const holds = (at: number) => at + offsetIn(zone, at) * minute === local;
	return holds(before) || !holds(after) ? before : after;
}

/** zoneShort is a zone without its continent: "Berlin". */
export const zoneShort = (zone: string): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;

/** east is an offset as it is written: "UTC+1", "UTC−03:30". */
export function east(offset: number): string {
	if (offset === 0) return 'UTC';
	const a = Math.abs(offset);
	return `UTC${offset < 0 ? '−' : '+'}${Math.floor(a / 60)}${a % 60 === 0 ? '' : `:${String(a % 60).padStart(2, '0')}`}`;
}
