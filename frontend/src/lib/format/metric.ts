// Lengths and places of what is counted over many incidents.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** lasting is a length for reading: "40 s", "6 min", "1 h 37 min", "11.5 days". */
export function lasting(ms: number): string {
	if (ms < minute) return `${Math.round(ms / second)} s`;
	if (ms < hour) return `${Math.round(ms / minute)} min`;
	if (ms < 2 * day) {
		const minutes = Math.round(ms / minute);
		return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
	}
	const days = Math.round(ms / (day / 10)) / 10;
	return `${days} days`;
}

/** money is an amount of minor units, "8,140.00 EUR". */
export function money(minor: number, currency: string): string {
	const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
	return `${whole}.${String(minor % 100).padStart(2, '0')} ${currency}`;
}

/** percent is so many millionths as a share, never rounded up to a hundred. */
export function percent(millionths: number): string {
	if (millionths >= 1_000_000) return '100 %';
	return `${(Math.floor(millionths / 100) / 100).toFixed(2)} %`;
}

const marks = [1, 5, 15, 30].map((n) => n * second).concat([1, 5, 15, 30].map((n) => n * minute), [1, 3, 8].map((n) => n * hour), [1, 3, 10, 30, 100, 300, 1000, 3000].map((n) => n * day));

/** Scale puts lengths on a line on which each doubling is as long: few of them are many times all others. */
export interface Scale {
	/** at is a place from 0 to 1. */
	at: (ms: number) => number;
	ticks: number[];
}

/** scaleOf spans a least and a most length. */
export function scaleOf(least: number, most: number): Scale {
	const low = Math.max(second, least);
	const high = Math.max(most, low * 2);
	const from = Math.log(low);
	const long = Math.log(high) - from;
	const at = (ms: number) => Math.min(1, Math.max(0, (Math.log(Math.max(ms, low)) - from) / long));
	const within = marks.filter((m) => m >= low && m <= high);
	const ticks: number[] = [];
	for (const m of within) if (ticks.length === 0 || at(m) - at(ticks[ticks.length - 1] ?? 0) > 0.11) ticks.push(m);
	return { at, ticks };
}

/** lanes gives each place a lane, so that dots that would cover each other lie above each other; beyond most they do. */
export function lanes(places: readonly number[], width: number, most: number): number[] {
	const last: number[] = [];
	const out = new Array<number>(places.length).fill(0);
	const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
	for (const i of order) {
		const x = places[i] ?? 0;
		let lane = last.findIndex((l) => x - l >= width);
		if (lane < 0) lane = last.length < most ? last.length : last.indexOf(Math.min(...last));
		last[lane] = x;
		out[i] = lane;
	}
	return out;
}
