// A long incident, measured: does anything grow that should not? `make soak` lets it run for an hour of real time; with
// SOAK_CLOCK=8h eight hours pass by the test clock, in minutes. Every minute has a note or an action, every quarter of an
// hour an update, and by the test clock the machine sleeps now and then.
//
//   SOAK=5m node --test e2e/soak.mjs        SOAK_CLOCK=8h node --test e2e/soak.mjs
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { sit } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

const minute = 60_000;

/** length reads "90s", "5m" or "8h" as ms. */
function length(text) {
	const m = /^(\d+)(s|m|h)$/.exec(text);
	if (!m) throw new Error(`a length like 5m or 8h, not ${text}`);
	return Number(m[1]) * { s: 1000, m: minute, h: 60 * minute }[m[2]];
}

const simulated = process.env.SOAK_CLOCK;
const whole = length(simulated || process.env.SOAK || '1h');
const turns = simulated ? whole / minute : Math.max(40, Math.round(whole / 15_000)); // how often something is written

/** backend reads what the kernel counts of a process: memory of its own in KiB, open files, threads, processor time in ticks. */
function backend(pid) {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
	return { memory: field('RssAnon'), files: readdirSync(`/proc/${pid}/fd`).length, threads: field('Threads'), ticks: Number(stat[11]) + Number(stat[12]) };
}

/** screen is what the page holds after its rubbish was taken away: heap in KiB, elements, listeners. */
async function screen(cdp) {
	await cdp.send('HeapProfiler.collectGarbage');
	const { metrics } = await cdp.send('Performance.getMetrics');
	const of = (name) => metrics.find((m) => m.name === name)?.value ?? 0;
	return { heap: Math.round(of('JSHeapUsedSize') / 1024), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

const mean = (samples, what) => samples.reduce((sum, s) => sum + s[what], 0) / samples.length;

test(`nothing grows in ${simulated ? `${simulated} by the test clock` : process.env.SOAK || '1h'}`, async (t) => {
	const d = await sit(t, { clock: Boolean(simulated) });
	await d.declared();
	await d.qd('severity', 'INC-1', 'SEV2');
	const cdp = await d.context.newCDPSession(d.page);
	await cdp.send('Performance.enable');
	const pid = d.face.child.pid;
	const samples = [];
	let ticks = backend(pid).ticks;
	const from = performance.now();
	for (let i = 0; i < turns; i++) {
		if (i % 10 === 3) await d.keys.note(`@ben look at node ${i} 5m`);
		else await d.keys.note(`turn ${i}: the queue holds ${(i * 7919) % 1000} messages`);
		await until(`turn ${i} stands in the timeline`, () => d.page.locator('[data-row]', { hasText: i % 10 === 3 ? `look at node ${i}` : `turn ${i}:` }).count());
		if (i % 10 === 8) for (const a of (await d.show()).actions.slice(0, 1)) await d.qd('action', a.id, 'done', '--result', 'nothing found');
		if (i % 15 === 7) await d.qd('update', 'INC-1', '--audience', 'support', '--text', `Still looking, turn ${i}.`, '--next', '15m', '--how', 'phone');
		if (simulated) await d.machine.move(i % 40 === 20 ? 'suspend 10m' : 'advance 1m');
		else await rest(Math.max(0, from + ((i + 1) * whole) / turns - performance.now()));
		if (i % Math.ceil(turns / 40) === 0) {
			const b = backend(pid);
			samples.push({ turn: i, ...b, ticks: b.ticks - ticks, ...(await screen(cdp)) });
			ticks = backend(pid).ticks;
		}
	}
	const quarter = Math.floor(samples.length / 4);
	const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
	const notes = mean(late, 'turn') - mean(early, 'turn');
	for (const what of ['memory', 'files', 'threads', 'ticks', 'heap', 'nodes', 'listeners'])
		t.diagnostic(`${what}: ${mean(early, what).toFixed(1)} in the second quarter, ${mean(late, what).toFixed(1)} in the last`);
	t.diagnostic(`${turns} turns, ${samples.length} samples; ${notes.toFixed(0)} turns between the quarters`);
	const grows = (what) => mean(late, what) - mean(early, what);
	// Each record is kept in memory, by the backend and by the page: that much may come with it, and no more.
	assert.ok(grows('memory') <= 24 * 1024 + 16 * notes, `the backend grew by ${grows('memory')} KiB in ${notes} turns`);
	assert.ok(grows('heap') <= 4 * 1024 + 16 * notes, `the page grew by ${grows('heap')} KiB in ${notes} turns`);
	assert.ok(grows('files') <= 2, `${grows('files')} more files are open`);
	assert.ok(grows('threads') <= 4, `${grows('threads')} more threads run`);
	assert.ok(grows('nodes') <= 1500, `${grows('nodes')} more elements are kept`);
	assert.ok(grows('listeners') <= 300, `${grows('listeners')} more listeners are kept`);
	assert.ok(mean(late, 'ticks') <= 2 * mean(early, 'ticks') + 20, `the backend worked ${mean(late, 'ticks')} ticks a sample, ${mean(early, 'ticks')} before`);
});
