import { can, type Action } from './action';
import { hits, type Press } from './chord';
import { keysOf } from './keymap.svelte';

/** A scope is a set of actions that a part of the page brings. A modal one hides those beneath it. */
export interface Scope {
	actions: () => readonly Action[];
	modal: boolean;
}

/** What a held key may do again and again: walking. Everything else is an order, and given once. */
const walks = /^(Arrow|Page|Home$|End$|F3$|F6$)/;

/** Dispatcher finds the action of a key press: the latest scope first. */
export class Dispatcher {
	#scopes: Scope[] = [];
	/** While it is set it takes every key press: a chord is being chosen. */
	taker: ((e: Press) => void) | null = null;
	/** What hears why a key did nothing. */
	idle: (a: Action) => void = () => undefined;

	/** push puts a scope on top; the answer takes it away again, wherever it stands by then. */
	push(scope: Scope): () => void {
		this.#scopes.push(scope);
		return () => {
			this.#scopes = this.#scopes.filter((s) => s !== scope);
		};
	}

	get modal(): boolean {
		return this.#scopes.some((s) => s.modal);
	}

	/** actions are those that can be reached now, the nearest first. */
	actions(): Action[] {
		const out: Action[] = [];
		for (const s of [...this.#scopes].reverse()) {
			out.push(...s.actions());
			if (s.modal) break;
		}
		return out;
	}

	/** find answers with the action that a press means; one that cannot run now still takes the key, or passes. */
	find(e: Press): Action | undefined {
		return this.actions().find((a) => keysOf(a).some((k) => hits(e, k)) && (!a.passes || can(a)));
	}

	/** run does it and tells whether the key was taken. */
	run(e: Press): boolean {
		if (this.taker) {
			if (!e.repeat) this.taker(e);
			return true;
		}
		const action = this.find(e);
		if (!action) return false;
		if (e.repeat && !walks.test(e.key)) return true;
		if (can(action)) action.run();
		else this.idle(action);
		return true;
	}
}

export const dispatcher = new Dispatcher();
