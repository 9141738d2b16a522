// The usual chords of sheets and of what is edited in place. A sheet's actions carry the usual chord; which one stands for
// it is the keymap's affair, so one line here changes it everywhere.

/** SheetKey is a usual chord and what it does wherever it occurs. */
export interface SheetKey {
	chord: string;
	name: string;
}

export const sheetKeys: readonly SheetKey[] = [
	{ chord: 'Mod+Enter', name: 'Do the main act of the sheet' },
	{ chord: 'Mod+S', name: 'Save the retrospective' },
	{ chord: 'Alt+1', name: 'Take the numbered choice, 0 to 9; mark a moment' },
	{ chord: 'Alt+A', name: 'Begin what an item is about; somebody was asked for a role; command is accepted here; the same words for all' },
	{ chord: 'Alt+Enter', name: 'Give every open role to who is on call' },
	{ chord: 'Alt+B', name: 'Go by the next route' },
	{ chord: 'Alt+C', name: 'Copy the text; name a condition' },
	{ chord: 'Alt+D', name: 'Drop an action or a post; name a deputy' },
	{ chord: 'Alt+E', name: 'Write a post anew; add or change routes' },
	{ chord: 'Alt+F', name: 'A file for another machine; write a follow-up' },
	{ chord: 'Alt+H', name: 'Hold a post; go to the handing over of command; save the retrospective as HTML' },
	{ chord: 'Alt+I', name: 'Judge the impact; go to how many incidents there are in a year; insert the chosen moment into the text' },
	{ chord: 'Alt+J', name: 'Save what is shown as a JSON document' },
	{ chord: 'Alt+K', name: 'Go from the settings to the keys; correct what was said' },
	{ chord: 'Alt+L', name: 'Put somebody into the team of who holds a role' },
	{ chord: 'Alt+M', name: 'Say that it was sent by other means; all the fields; fill in what was measured; save the retrospective as Markdown' },
	{ chord: 'Alt+N', name: 'What must hold is normal from now on, or dipped; go to the time of the next update; sit down here as who took over' },
	{ chord: 'Alt+O', name: 'Reopen an item' },
	{ chord: 'Alt+P', name: 'Show phone numbers; go to the period; save the retrospective as PDF' },
	{ chord: 'Alt+Q', name: 'Quiet for 5 minutes; is this an incident?; ask about a moment' },
	{ chord: 'Alt+R', name: 'Give every key its usual chord back; from the outbox to the routes; an action was read back; book or move the retrospective; words to think about' },
	{ chord: 'Alt+S', name: 'Skip an item; go to the time of the start; keep a secret; go to the service; say with whom it is shared' },
	{ chord: 'Alt+T', name: 'Show charts as tables, or as charts; the cockpit as it was at a moment; begin a declaration with the next template' },
	{ chord: 'Alt+V', name: 'Cover a role for 15 minutes; command is accepted by voice; save the invitation' },
	{ chord: 'Alt+W', name: 'Still working; waive a criterion; worse, same or better' },
	{ chord: 'Alt+X', name: 'Release a role; redact an entry; withdraw an offer of command; save what is shown as a table' },
	{ chord: 'Alt+Y', name: 'Who was asked has accepted; a post is there; announce a change all the same' },
	{ chord: 'Alt+Z', name: 'Take an entry back; recall a post' },
	{ chord: 'Alt+PageDown', name: 'The next preview' },
	{ chord: 'Alt+PageUp', name: 'The preview before' },
	{ chord: 'Mod+PageDown', name: 'The next preview, where no browser has it' },
	{ chord: 'Mod+PageUp', name: 'The preview before, where no browser has it' },
	{ chord: 'F2', name: 'Show the role card' },
];
