// What the palette offers: everything that can be done now, as one list.
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { line } from '$lib/state/line.svelte';
import { can } from './action';
import { dispatcher } from './dispatcher';
import { keysOf } from './keymap.svelte';
import { actions } from './list';
import { fonts, sizes, themes } from './look';
import { seekEverywhere } from './everywhere';
import { openIncident } from './find';
import { movePhase, plainly, save, setPrefs, setSeverity } from './orders';
import { play } from './hold';
import { when } from '$lib/format/time';
import { clock } from '$lib/state/clock.svelte';
import { search } from '$lib/state/search.svelte';
import { showLane } from './rota';
import type { Found } from './search';

/** Command is a line of the palette. */
export interface Command extends Found {
	kind: string; // what sort of thing it is, in a word
	chord: string;
	run: () => unknown;
}

// These only mean something where they are pressed.
const ofTheKeyboard = ['palette', 'line', 'list', 'up', 'down', 'last', 'walk', 'walk-back', 'close', 'away'];
// Moving there goes through its sheet, which asks what has to be asked.
const gated = ['verify', 'resolved', 'closed'];

const command = (kind: string, id: string, text: string, detail: string, run: () => unknown, chord = ''): Command => ({ kind, id, text, detail, run, chord });

function acts(): Command[] {
	const near = dispatcher.actions();
	const all = [...near, ...actions.filter((a) => !near.includes(a))];
	return all.filter((a) => !ofTheKeyboard.includes(a.id) && can(a)).map((a) => command(a.group === 'sheet' ? 'in this sheet' : 'command', a.group === 'sheet' ? `sheet:${a.id}` : a.id, a.name, '', a.run, keysOf(a)[0] ?? ''));
}

const incidents = (): Command[] =>
	(cockpit.station?.incidents ?? [])
		.filter((r) => r.id !== cockpit.chosen)
		.map((r) => command('incident', `incident:${r.id}`, `${r.ref} ${r.title}`, `${r.severity} ${r.ended === 0 ? 'open' : r.phase}`, () => openIncident(r.id)));

/** Who is on call now, by role: chosen, the calendar opens there. */
const onCall = (): Command[] =>
	(cockpit.station?.onCall.rows ?? []).flatMap((r) => {
		const role = cockpit.kit?.roles.find((x) => x.id === r.role)?.name ?? [r.schedule, r.lane].filter((t) => t !== '').join(', ');
		const go = () => showLane(r.schedule, r.lane);
		if (r.on.length === 0) return command('on call', `oncall:${r.schedule}/${r.lane}`, `Nobody is on call: ${role}`, r.next ? `${r.next.name} from ${when(r.next.start, clock.now, cockpit.offset)}` : '', go);
		return r.on.map((o) => command('on call', `oncall:${r.schedule}/${r.lane}/${o.name}`, `${o.name} is on call: ${role}`, [o.phone, `until ${when(r.until || o.end, clock.now, cockpit.offset)}`].filter((t) => t !== '').join(' · '), go));
	});

/** Everybody who ever wrote something: chosen, it is looked for. */
const everybody = (): Command[] => search.people.map((p) => command('person', `wrote:${p}`, p, 'what they wrote, and have to do', () => seekEverywhere(`person:"${p}"`)));

/** further looks for the words of the palette in every incident. */
export const further = (words: string): Command => command('find', 'find:words', `Find “${words.trim()}” in every incident`, '', () => seekEverywhere(words.trim()));

/** orElse gives an order, and opens the sheet that asks for what is missing, such as a reason. */
async function orElse(order: ReturnType<typeof setSeverity>, sheet: 'severity' | 'phase', subject: string): Promise<void> {
	const fault = await order;
	if (fault?.code === 'invalid') desk.open(sheet, subject);
}

function onIncident(): Command[] {
	const live = cockpit.live;
	const kit = cockpit.kit;
	if (!live || !kit) return [];
	const begin = (words: string) => {
		line.typed(words);
		desk.toLine();
	};
	return [
		...kit.severities.filter((s) => s.id !== live.severity || live.provisional).map((s) => command('severity', `severity:${s.id}`, `Set severity ${s.id}`, s.meaning, () => orElse(setSeverity(s.id, ''), 'severity', s.id))),
		...kit.phases.filter((p) => p.id !== live.phase).map((p) => command('phase', `phase:${p.id}`, `Move to ${p.name}`, '', () => (gated.includes(p.id) ? desk.open('phase', p.id) : orElse(movePhase(p.id, ''), 'phase', p.id)))),
		...live.roles.map((r) => command('role', `role:${r.id}`, r.name, r.person.name || 'open', () => desk.open('roles', r.id))),
		...live.hold.playbooks.map((p) => command('playbook', `playbook:${p.id}`, `Playbook: ${p.name}`, [p.services.join(', ') || 'any service', ...p.warnings].join(' · '), () => play(p.id))),
		...live.audiences.map((a) => command('audience', `audience:${a.id}`, `Write to ${a.name}`, '', () => desk.open('update', a.id))),
		...live.checklist.items.map((i) =>
			command('item', `item:${i.id}`, i.text, i.state, () => {
				desk.tab = 'checklist';
				desk.edit(`item/${i.id}`);
			}),
		),
		...live.people.filter(() => line.text === '').map((p) => command('person', `person:${p}`, p, 'give them an action', () => begin(`@${p} `))),
		...[
			['md', 'Markdown'],
			['html', 'HTML'],
			['json', 'JSON, complete'],
			['csv', 'Timeline (CSV)'],
			['ics', 'Calendar (ICS)'],
		].map(([format = '', name = '']) => command('export', `export:${format}`, `Export ${live.ref} as ${name}`, '', () => save(format))),
	];
}

function looks(): Command[] {
	const set = (prefs: Parameters<typeof setPrefs>[0]) => () => plainly(setPrefs(prefs));
	const local = cockpit.station?.local ?? false;
	return [
		...themes.map((t) => command('theme', `theme:${t.id}`, `Theme: ${t.name}`, '', set({ theme: t.id }))),
		...sizes.map((s) => command('text size', `size:${s}`, `Text size ${s} %`, '', set({ size: s }))),
		...fonts.map((f) => command('font', `font:${f.id}`, `Font: ${f.name}`, '', set({ font: f.id }))),
		command('times', 'times', local ? 'Show times in UTC' : `Show times in ${cockpit.station?.zone ?? 'local time'}`, '', set({ local: !local })),
	];
}

/** commands are all of them, the nearest first. */
export const commands = (): Command[] => [...acts(), ...incidents(), ...onCall(), ...onIncident(), ...everybody(), ...looks()];

const remembered = 'quarterdeck.commands';
const most = 8;

/** recent are the ids of what was chosen lately, the latest first. */
export function recent(): string[] {
	const kept = localStorage.getItem(remembered) ?? '';
	return kept.split('\n').filter((id) => id !== '');
}

/** remember notes that a command was chosen. */
export function remember(id: string): void {
	localStorage.setItem(remembered, [id, ...recent().filter((r) => r !== id)].slice(0, most).join('\n'));
}
