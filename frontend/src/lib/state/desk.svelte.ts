import { tick } from 'svelte';
import type { Fault } from '$lib/bridge';
import { sentences } from '$lib/format/text';
import { cockpit } from './cockpit.svelte';

/** A sheet over the cockpit, and what it is about. */
export interface Sheet {
	kind: 'playbook' | 'measure' | 'link' | 'weigh' | 'declare' | 'update' | 'roles' | 'handoff' | 'severity' | 'phase' | 'keys' | 'settings' | 'quit' | 'due' | 'outbox' | 'routes' | 'shift' | 'who' | 'mute' | 'calendar' | 'forget' | 'people' | 'change' | 'need' | 'take' | 'give' | 'import' | 'chat' | 'file' | 'real';
	subject: string;
	incident: string; // that was shown when it was opened; empty = none
}

/** A page that stands in place of the cockpit, or of the list of incidents. */
export type Page = '' | 'calendar' | 'metrics' | 'cost' | 'cleanup' | 'calculator' | 'retro' | 'then';

/** A word about what was just done. */
export interface Toast {
	id: number;
	text: string;
	bad: boolean;
}

const shownFor = 6000; // ms
const quiet = 1500; // ms without a key

/** Desk is what lies open on the page; nothing of it outlives a reload but the drafts. */
class Desk {
	sheet = $state.raw<Sheet | null>(null);
	page = $state<Page | 'search'>(''); // what stands in place of the cockpit
	then = 0; // the time at which the look into the past begins; 0 = the beginning
	palette = $state<string | null>(null); // the words that it opens with; null = closed
	editing = $state(''); // the one thing that is being edited in place, by name: item/…, action/…
	dropping = $state(false); // a file is held over the page
	tab = $state<'log' | 'checklist' | 'board'>('log'); // of the narrow page
	list = $state(''); // the interrupted list that was opened again; empty = that of the phase
	board = $state(false); // the board lies open over a small page
	toasts = $state.raw<Toast[]>([]);
	trouble = $state.raw<Fault | null>(null); // a failure that belongs to no field
	focused = $state(true); // the window has the focus
	#last = 0;
	#touched = 0; // when a key was last pressed

	open(kind: Sheet['kind'], subject = ''): void {
		this.editing = '';
		this.sheet = { kind, subject, incident: cockpit.chosen };
	}

	/** touch notes that a key was pressed. */
	touch(): void {
		this.#touched = Date.now();
	}

	/** turn shows a page; the focus goes to where its keys are heard. */
	turn(to: Page | 'search'): void {
		this.page = to;
		this.editing = '';
		void tick().then(() => this.toLine());
	}

	/** whenQuiet does something that moves the focus, once nobody is typing. */
	whenQuiet(act: () => void): void {
		const wait = this.#touched + quiet - Date.now();
		if (wait <= 0) act();
		else setTimeout(() => this.whenQuiet(act), wait);
	}

	/** close takes the sheet away; focus goes back to the log line. */
	close(): void {
		this.sheet = null;
		void tick().then(() => this.toLine()); // once the dialog has given back what it held
	}

	/** toLine puts the focus into the log line; where there is none, to what stands in its place. */
	toLine(): void {
		(document.getElementById('line') ?? document.querySelector<HTMLElement>('[data-line]'))?.focus();
	}

	/** edit opens one thing in place; closing it gives the focus back. */
	edit(name: string): void {
		this.editing = name;
	}

	done(): void {
		this.editing = '';
		void tick().then(() => this.toLine());
	}

	say(text: string, bad = false): void {
		const id = ++this.#last;
		this.toasts = [...this.toasts.slice(-2), { id, text, bad }];
		setTimeout(() => this.dismiss(id), bad ? shownFor * 2 : shownFor);
	}

	dismiss(id: number): void {
		this.toasts = this.toasts.filter((t) => t.id !== id);
	}

	/** tell shows a failure: what the state outran as a word, everything else until it is read. */
	tell(fault: Fault): void {
		if (fault.code === 'conflict' || fault.code === 'invalid') this.say(sentences(fault.message, fault.hint), true);
		else this.trouble = fault;
	}
}

export const desk = new Desk();
