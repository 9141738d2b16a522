// Everything that can be done outside of sheets. Buttons, keys and the list of keys are made of it.
import { shell } from '$lib/bridge';
import { keyLabel } from '$lib/format/keys';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { find } from '$lib/state/find.svelte';
import { line } from '$lib/state/line.svelte';
import type { Action } from './action';
import { afterwards } from './after';
import { choose } from './attach';
import { importFile } from './bring';
import { drilling } from './drill';
import { everywhere, findOrWiden } from './everywhere';
import { openIncident } from './find';
import { jump, resume, tick } from './current';
import { holding } from './hold';
import { keysOf } from './keymap.svelte';
import { nextTheme, resize } from './look';
import { acknowledge, copyBrief, hush, plainly, setPrefs } from './orders';
import { channelling } from './opening';
import { recall, recallable } from './outgoing';
import { editLast, leave, rescue, takeBack, unsaved } from './submit';
import { refreshCalendars } from './rota';
import { command, elsewhere } from './command';
import { page, walk } from './walk';

const live = () => cockpit.live !== null;
const inLine = () => document.activeElement?.id === 'line';
const typingElsewhere = () => document.activeElement instanceof HTMLInputElement || (document.activeElement instanceof HTMLTextAreaElement && !inLine());

/** unopened says what is missing where only an incident has something to do. */
function unopened(): string {
	const open = (cockpit.station?.incidents ?? []).some((r) => r.ended === 0);
	return open ? 'No incident is on the screen. ↓ and Enter open one of the list' : `No incident is under way. ${keyLabel(chordOf('declare'))} declares one`;
}

const unsought = () => (live() ? `Nothing is looked for. ${keyLabel(chordOf('find'))} finds in the incident` : unopened());

function another(): void {
	const open = (cockpit.station?.incidents ?? []).filter((r) => r.ended === 0);
	const at = open.findIndex((r) => r.id === cockpit.chosen);
	const to = open[(at + 1) % open.length];
	if (to && (to.id !== cockpit.chosen || desk.page !== '')) openIncident(to.id);
}

function escape(): void {
	if (line.editing) leave();
	else if (desk.page !== '') return desk.turn('');
	else if (desk.board && desk.editing === '') desk.board = false;
	desk.done();
}

/** palette opens the list of everything; a command that stands half-written in the line is what it looks for. */
const palette = () => (desk.palette = inLine() && line.text.startsWith('/') ? line.text.slice(1) : '');

const general: Action[] = [
	{ id: 'palette', name: 'Find a command', label: 'Commands', keys: ['Mod+K'], group: 'everywhere', run: palette },
	{ id: 'declare', name: 'Declare an incident', label: 'Declare', keys: shell.window ? ['Mod+N', 'Mod+I'] : ['Mod+I', 'Mod+N'], group: 'everywhere', run: () => desk.open('declare') },
	{ id: 'home', name: 'Show all incidents', label: 'All incidents', keys: ['Mod+O'], group: 'everywhere', run: () => openIncident('') },
	{ id: 'calendar', name: 'Show the calendar: who is on call, and when', label: 'Calendar', keys: ['Mod+4'], group: 'everywhere', run: () => desk.turn('calendar') },
	{ id: 'who', name: 'Say who was on call at any time', label: 'Who was on call?', keys: [], group: 'everywhere', run: () => desk.open('who') },
	{ id: 'add-calendar', name: 'Add an on-call calendar: a file, an address, a list', label: 'Add a calendar', keys: [], group: 'everywhere', run: () => desk.open('calendar') },
	{ id: 'refresh', name: 'Look at all calendars now', label: 'Refresh', keys: [], group: 'everywhere', run: refreshCalendars },
	{ id: 'people', name: 'People and phone numbers; save the phone list', label: 'People', keys: [], group: 'everywhere', run: () => desk.open('people') },
	...elsewhere,
	...drilling,
	{ id: 'import', name: 'Import: a Slack export, a table, a timeline, an exported incident', label: 'Import', keys: [], group: 'everywhere', run: () => importFile() },
	{ id: 'another', name: 'Go to the next open incident', label: 'Next incident', keys: ['Alt+PageDown', 'Mod+PageDown'], group: 'everywhere', run: another },
	{ id: 'list', name: 'Go to the list of incidents, when the line is empty and none is open', label: 'List', keys: ['ArrowDown'], group: 'everywhere', passes: true, enabled: () => !live() && inLine() && line.text === '', run: () => document.querySelector<HTMLElement>('[data-incident]')?.focus() },
	{ id: 'live', name: 'Show the incident', label: 'Live', keys: ['Mod+1'], group: 'everywhere', run: () => desk.turn('') },
	{ id: 'retro', name: 'Look back: the retrospective, written from the record', label: 'Retrospective', keys: ['Mod+5'], group: 'everywhere', enabled: live, run: () => (desk.page = 'retro') },
	{ id: 'then', name: 'Look at the cockpit as it was at any time', label: 'As it was', keys: [], group: 'everywhere', enabled: live, run: () => ((desk.then = 0), (desk.page = 'then')) },
	{ id: 'metrics', name: 'Show what all incidents come to: times, promises, availability, load', label: 'Metrics', keys: ['Mod+6'], group: 'everywhere', run: () => (desk.page = 'metrics') },
	{ id: 'cost', missing: unopened, name: 'Show what the incident took: minutes, people, money', label: 'Cost', keys: ['Mod+7'], group: 'everywhere', enabled: live, run: () => (desk.page = 'cost') },
	...afterwards,
	{ id: 'walk', name: 'Go to the next pane', label: 'Next pane', keys: ['F6'], group: 'everywhere', run: () => walk(1) },
	{ id: 'walk-back', name: 'Go to the pane before', label: 'Pane before', keys: ['Shift+F6'], group: 'everywhere', run: () => walk(-1) },
	{ id: 'line', name: 'Go back to the log line', label: 'Log line', keys: ['Escape'], group: 'everywhere', run: escape },
	{ id: 'silence', name: 'Silence the sounds for 10 minutes, or let them sound again', label: 'Silence', keys: ['Mod+Shift+S'], group: 'everywhere', run: hush },
	{ id: 'due', name: 'Show everything that is due', label: 'What is due', keys: ['Mod+Shift+J'], group: 'everywhere', run: () => desk.open('due') },
	{ id: 'acknowledge', name: 'Acknowledge what is lit: it stays, and is silent for a while', label: 'Acknowledge', keys: ['Mod+Shift+A'], group: 'everywhere', run: () => acknowledge() },
	{ id: 'find', name: 'Find in the incident; there once more, or where none is shown, in every incident', label: 'Find', keys: ['Mod+F'], group: 'everywhere', run: findOrWiden },
	...everywhere,
	{ id: 'older', missing: unsought, name: 'Go to the next older hit of the search', label: 'Older', keys: ['F3'], group: 'everywhere', enabled: () => find.open, run: () => find.step(true) },
	{ id: 'newer', missing: unsought, name: 'Go to the next newer hit of the search', label: 'Newer', keys: ['Shift+F3'], group: 'everywhere', enabled: () => find.open, run: () => find.step(false) },
	{ id: 'relative', missing: unopened, name: 'Show rows by T+hh:mm, or by the clock', label: 'T+', keys: ['Mod+Shift+F'], group: 'everywhere', enabled: live, run: () => find.swap() },
	{ id: 'zone', name: 'Show times in UTC, or in the zone of this machine', label: 'UTC', keys: ['Mod+Shift+G'], group: 'everywhere', run: () => plainly(setPrefs({ local: !(cockpit.station?.local ?? false) })) },
	{ id: 'rescue', missing: () => 'Every line is saved', name: 'Keep the lines that are not saved in a file elsewhere', label: 'Keep elsewhere', keys: ['Mod+Shift+X'], group: 'everywhere', enabled: unsaved, run: rescue },
	{ id: 'theme', name: 'Show the next theme: dark, light, night', label: 'Theme', keys: ['Mod+Shift+L'], group: 'everywhere', run: nextTheme },
	{ id: 'larger', name: 'Make text larger', label: 'Larger', keys: ['Mod+=', 'Mod++', 'Mod+Shift+=', 'Mod+Shift++'], group: 'everywhere', run: () => resize(1) },
	{ id: 'smaller', name: 'Make text smaller', label: 'Smaller', keys: ['Mod+-'], group: 'everywhere', run: () => resize(-1) },
	{ id: 'usual', name: 'Show text at its usual size', label: 'Usual size', keys: ['Mod+0'], group: 'everywhere', run: () => resize(0) },
	{ id: 'keys', name: 'Show and change the keys', label: 'Keys', keys: ['F1'], group: 'everywhere', run: () => desk.open('keys') },
	{ id: 'routes', name: 'Routes out, and secrets', label: 'Routes', keys: ['Mod+Shift+O'], group: 'everywhere', run: () => desk.open('routes') },
	{ id: 'weigh', name: 'Say what weighs more when a severity is judged: compare the questions in pairs', label: 'What weighs more?', keys: [], group: 'everywhere', enabled: () => (cockpit.station?.kit.assessment.criteria.length ?? 0) > 0, run: () => desk.open('weigh') },
	{ id: 'settings', name: 'Settings and export', label: 'Settings', keys: ['Mod+,'], group: 'everywhere', run: () => desk.open('settings') },
	...(shell.window ? [{ id: 'fill', name: 'Fill the screen, or leave it', label: 'Full screen', keys: ['F11'], group: 'everywhere', run: () => shell.fill() } satisfies Action] : []),
	...(shell.window ? [{ id: 'quit', name: 'Quit', label: 'Quit', keys: ['Mod+Q'], group: 'everywhere', run: () => desk.open('quit') } satisfies Action] : []),
];

const orders: Omit<Action, 'group'>[] = [
	{ id: 'chat', name: 'Take pasted messages over as dated notes', label: 'Dated notes', keys: ['Alt+L'], enabled: () => line.text.includes('\n') && (line.long || (line.read?.chat ?? 0) > 1), run: () => desk.open('chat') },
	{ id: 'attach', name: 'Attach a file to the log; or paste or drop it', label: 'Attach', keys: [], run: choose },
	{ id: 'update', name: 'Write an update', label: 'Update', keys: ['Mod+U'], run: () => desk.open('update') },
	{ id: 'outbox', name: 'Show what leaves and what has left', label: 'Outbox', keys: ['Mod+3'], run: () => desk.open('outbox') },
	{ id: 'severity', name: 'Assess: set the severity', label: 'Severity', keys: ['Mod+E'], run: () => desk.open('severity') },
	{ id: 'roles', name: 'Give out roles', label: 'Roles', keys: ['Mod+R'], run: () => desk.open('roles') },
	{ id: 'handoff', name: 'Hand command over', label: 'Hand over', keys: ['Mod+Shift+H'], run: () => desk.open('handoff') },
	...command,
	{ id: 'tick', name: 'Tick the current item', label: 'Tick', keys: ['Mod+D'], run: tick },
	{ id: 'resume', missing: () => (live() ? 'No list was interrupted' : unopened()), name: 'Resume an interrupted list, or go to the next one', label: 'Resume', keys: ['Mod+Shift+D'], enabled: () => (cockpit.live?.interrupted.length ?? 0) > 0, run: resume },
	{ id: 'jump', name: 'Go to what NEXT points at', label: 'Next', keys: ['Mod+J'], run: jump },
	{ id: 'phase', name: 'Move the phase, resolve, close', label: 'Phase', keys: ['Mod+Shift+M'], run: () => desk.open('phase') },
	{ id: 'brief', name: 'Copy the state of the incident as Markdown', label: 'Copy brief', keys: ['Mod+Shift+C'], run: copyBrief },
	{ id: 'board', name: 'Open or fold the board', label: 'Board', keys: ['Mod+2'], run: () => (desk.board = !desk.board) },
	{ id: 'undo', name: 'Recall what is about to leave, or take back your last act, when the line is empty', label: 'Undo', keys: ['Mod+Z'], passes: true, enabled: () => live() && line.text === '' && !typingElsewhere(), run: () => (recallable().length > 0 ? recall() : takeBack(false, chordOf('redo'))) },
	{ id: 'redo', name: 'Do again what was taken back last', label: 'Redo', keys: ['Mod+Shift+Z'], passes: true, enabled: () => live() && line.text === '' && !typingElsewhere(), run: () => takeBack(true, chordOf('undo')) },
	{ id: 'last', name: 'Correct your last entry, when the line is empty', label: 'Correct', keys: ['ArrowUp'], passes: true, enabled: () => live() && inLine() && line.text === '', run: editLast },
	{ id: 'up', name: 'Scroll the timeline back from the line', label: 'Back', keys: ['PageUp'], passes: true, enabled: inLine, run: () => page(-1) },
	{ id: 'down', name: 'Scroll the timeline on from the line', label: 'On', keys: ['PageDown'], passes: true, enabled: inLine, run: () => page(1) },
];

/** inSheets are heard in sheets too: they leave one as it is, or matter more. */
export const inSheets: readonly string[] = ['real', 'palette', 'theme', 'larger', 'smaller', 'usual'];

const onLive: Action[] = [...orders, ...holding, ...channelling].map((a) => ({ enabled: live, ...a, missing: a.missing ?? unopened, group: 'live' }));

/** actions is everything outside of sheets, in the order of the list of keys. */
export const actions: readonly Action[] = [...general, ...onLive];

const byID = new Map(actions.map((a) => [a.id, a]));

/** action finds one by its id. */
export function action(id: string): Action {
	const found = byID.get(id);
	if (!found) throw new Error(`there is no action ${id}`);
	return found;
}

/** chordOf is the key to print beside an action. */
export const chordOf = (id: string): string => keysOf(action(id))[0] ?? '';
