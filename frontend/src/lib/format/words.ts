// Words for the frozen names that the record uses.

const milestones: Record<string, string> = {
	started: 'Impact started',
	detected: 'Detected',
	acknowledged: 'Commander took it',
	declared: 'Declared',
	assessed: 'Assessed',
	mitigated: 'Mitigated',
	resolved: 'Resolved',
	closed: 'Closed',
};

/** milestoneName is a milestone in words. */
export const milestoneName = (id: string): string => milestones[id] ?? id;

/** bars is how many of a severity's five bars are full: SEV1 has all. */
export function bars(severity: string): number {
	const level = Number(/\d+$/.exec(severity)?.[0] ?? 0);
	return level >= 1 && level <= 5 ? 6 - level : 0;
}

const symbols: Record<string, string> = { warning: '■', caution: '▲', advisory: '•' };

/** symbol is a look's sign where only text can stand: a window's title. */
export const symbol = (look: string): string => symbols[look] ?? '';

const levels: Record<string, number> = { nominal: 0, advisory: 1, caution: 2, warning: 3 };

/** level orders looks: the higher, the more urgent. */
export const level = (look: string): number => levels[look] ?? 0;

const kinds: Record<string, string> = { promise: 'update', action: 'action', measure: 'temporary measure', assess: 'severity', role: 'role', command: 'handoff', duty: 'time on duty', check: 'decision', help: 'help' };

/** deadlineName says what a deadline is about, in a word. */
export const deadlineName = (kind: string): string => kinds[kind] ?? kind;

/** ownWords are the words of a row that can be corrected: what it shows, or the part of it that its writer wrote. */
export const ownWords = (row: { text: string; words: string; editable: boolean }): string => (row.editable ? row.text : row.words);

/** undone says what was taken back, or done again, by how it stands now. */
export function undone(v: { about: string; subject: string; now: string; text: string }, again: boolean): string {
	switch (v.about) {
		case 'severity':
			return `Severity ${again ? 'again' : 'back to'} ${v.now}`;
		case 'phase':
			return `Phase ${again ? 'again' : 'back to'} ${v.now}`;
		case 'role':
			return v.now === '' ? `${v.subject} is open again` : `${v.subject} ${again ? 'again' : 'back to'} ${v.now}`;
		default:
			return `${again ? 'Done again' : 'Taken back'}: ${v.text}`;
	}
}
