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

const kinds: Record<string, string> = { promise: 'update', action: 'action', assess: 'severity', role: 'role', command: 'handoff', duty: 'time on duty' };

/** deadlineName says what a deadline is about, in a word. */
export const deadlineName = (kind: string): string => kinds[kind] ?? kind;

const own = ['note.added', 'decision.made', 'question.asked', 'hypothesis.stated', 'followup.added'];

/** worded tells whether a row shows its writer's own words and nothing else, so that they can be corrected as they stand. */
export const worded = (row: { kind: string; editable: boolean }): boolean => row.editable && own.includes(row.kind);
