/** Action is something the user can do: one source for its button, its key and its line in the list of keys. */
export interface Action {
	id: string;
	name: string; // an order: "Write the update"
	label: string; // on a button
	keys: readonly string[]; // the usual chords; the first is the one that is shown
	group: 'everywhere' | 'live' | 'sheet';
	main?: boolean; // the one main act of a sheet
	enabled?: () => boolean;
	passes?: boolean; // while it cannot run, its key keeps its ordinary meaning
	missing?: () => string; // what its key says while it cannot run
	run: () => unknown;
}

/** can tells whether an action may run now. */
export const can = (a: Action): boolean => a.enabled?.() ?? true;
