import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeysInput, Notify } from '$lib/bridge';
import first from '../../../../app/testdata/first-start.json';
import type { Press } from './chord';
import { Dispatcher } from './dispatcher';

const set = vi.hoisted(() => ({ keys: [] as { id: string; chord: string }[], refuse: false }));
vi.mock('$lib/bridge', async (real) => ({
	...(await real<typeof import('$lib/bridge')>()),
	api: {
		SetKeys: (in_: KeysInput) => {
			if (set.refuse) return Promise.reject(new Error('the disk is full'));
			set.keys = in_.keys;
			show();
			return Promise.resolve();
		},
	},
}));

import { cockpit } from '$lib/state/cockpit.svelte';
import { inSheet, keysOf } from './keymap.svelte';
import { action, actions, chordOf } from './list';
import { refusal } from './refusal';
import { changed, entries, give, holder, now, objection, reset, resetAll, type Entry } from './remap';
import { sheetKeys } from './sheets';

const station = (first as unknown as Notify).station;

/** show puts on the page what the backend would push. */
function show(): void {
	cockpit.station = station ? { ...station, keys: set.keys } : null;
}

function entry(id: string): Entry {
	const found = entries.find((e) => e.id === id);
	if (!found) throw new Error(`there is no ${id}`);
	return found;
}
const press = (key: string, more: Partial<Press> = {}): Press => ({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

beforeEach(() => {
	set.keys = [];
	set.refuse = false;
	show();
});
afterEach(() => vi.unstubAllGlobals());

describe('chords that are chosen', () => {
	test('one that is given is heard, shown, and the usual one is not heard any more', async () => {
		const d = new Dispatcher();
		const ran: string[] = [];
		d.push({ modal: false, actions: () => [{ ...action('update'), enabled: () => true, run: () => ran.push('update') }] });
		expect(await give(entry('update'), 'Mod+Y')).toBe(true);
		expect(chordOf('update')).toBe('Mod+Y');
		expect([d.run(press('y', { ctrlKey: true })), d.run(press('u', { ctrlKey: true }))]).toEqual([true, false]);
		expect(ran).toEqual(['update']);
		await reset(entry('update'));
		expect([chordOf('update'), set.keys]).toEqual(['Mod+U', []]);
	});
	test('a chord that somebody has is named, and taken from them on a second word', async () => {
		const holding = holder(entry('update'), 'Mod+R');
		expect(holding?.name).toBe(action('roles').name);
		await give(entry('update'), 'Mod+R');
		expect([chordOf('update'), chordOf('roles'), holder(entry('roles'), 'Mod+R')?.id]).toEqual(['Mod+R', '', 'update']);
		await reset(entry('roles')); // its usual one comes back, and the one that took it has none
		expect([chordOf('roles'), chordOf('update')]).toEqual(['Mod+R', '']);
		await resetAll();
		expect([chordOf('update'), chordOf('roles'), set.keys]).toEqual(['Mod+U', 'Mod+R', []]);
	});
	test('nobody has the chord of another', () => {
		for (const e of entries) for (const k of now(e)) expect([e.id, k, holder(e, k)?.id]).toEqual([e.id, k, undefined]);
	});
	test('a sheet has its own, and the numbers go together', async () => {
		expect(holder(entry('sheet/Alt+C'), 'Mod+U')).toBeUndefined(); // a sheet hides what is beneath it
		expect(holder(entry('sheet/Alt+C'), 'Alt+7')?.id).toBe('sheet/Alt+1');
		await give(entry('sheet/Alt+1'), 'Mod+1');
		expect([inSheet('Alt+1'), inSheet('Alt+3'), inSheet('Alt+0'), inSheet('Alt+C')]).toEqual(['Mod+1', 'Mod+3', 'Mod+0', 'Alt+C']);
		expect(keysOf({ id: 'SEV2', keys: ['Alt+2'], group: 'sheet' })).toEqual(['Mod+2']);
		expect(objection(entry('sheet/Alt+1'), 'Mod+U')).toContain('1');
	});
	test('what cannot be kept changes nothing and says why', async () => {
		set.refuse = true;
		expect(await give(entry('update'), 'Mod+Y')).toBe(false);
		expect(chordOf('update')).toBe('Mod+U');
	});
	test('a chord written into the settings by hand that nobody may have is not in force', () => {
		set.keys = [{ id: 'update', chord: 'U' }, { id: 'tick', chord: 'Mod+C' }, { id: 'roles', chord: 'F7' }];
		show();
		expect([chordOf('update'), chordOf('tick'), chordOf('roles'), changed(entry('update'))]).toEqual(['Mod+U', 'Mod+D', 'F7', false]);
	});
});

describe('chords that nobody may have', () => {
	test.each(['U', 'Shift+U', '7', 'Enter', 'Tab', 'Shift+Tab', 'ArrowUp', 'Space', 'Escape', 'Mod+Alt+U', 'Mod+Space', 'Mod+.', 'Mod+;', 'Mod+Shift+U', 'Mod+C', 'Mod+V', 'Mod+ArrowLeft', 'Mod+W', 'Alt+F4'])('%s', (chord) => {
		expect(refusal(chord, false)).not.toBe('');
	});
	test.each(['Mod+Y', 'Alt+Y', 'F9', 'Shift+F9', 'Mod+Shift+Y', 'PageUp', 'Alt+PageUp', 'Mod++'])('%s may be had', (chord) => {
		expect(refusal(chord, false)).toBe('');
	});
	test('a Mac has its own', () => {
		expect([refusal('Mod+H', true) !== '', refusal('Mod+H', false)]).toEqual([true, '']);
	});
	test('what is usual may be had back, whatever it is', () => {
		for (const e of entries) for (const k of e.usual) expect([k, objection(e, k)]).toEqual([k, '']);
	});
});

describe('nothing is left out', () => {
	test('every action can be changed, but the way back', () => {
		const ids = new Set(entries.map((e) => e.id));
		expect(actions.filter((a) => !ids.has(a.id)).map((a) => a.id)).toEqual(['line']);
		expect(ids.size).toBe(entries.length);
	});
	test('every chord that a sheet hears is in the list of sheets', () => {
		const sources: Record<string, string> = import.meta.glob('../../panes/**/*.svelte', { query: '?raw', import: 'default', eager: true });
		expect(Object.keys(sources).length).toBeGreaterThan(30);
		const known = new Set([...sheetKeys.map((k) => k.chord), 'Escape', 'Enter', 'ArrowUp', 'ArrowDown']);
		for (const [path, text] of Object.entries(sources)) {
			for (const [, chord = ''] of text.matchAll(/'((?:Alt|Mod|Shift)\+[A-Z0-9][A-Za-z0-9]*|F\d+)'/g)) expect([path, chord, known.has(chord.replace(/^(Alt\+)\d$/, '$11'))]).toEqual([path, chord, true]);
			expect([path, /chord="(?!Enter|Escape)/.test(text)]).toEqual([path, false]); // a button would print the usual chord, not the one in force
		}
	});
});
