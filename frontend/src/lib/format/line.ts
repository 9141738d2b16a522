import type { ParseView } from '$lib/bridge';
import { short } from './text';
import { sameDay, when, type Offset } from './time';

/** How a typed line will be read, for the chip beside it. */
export interface Reading {
	kind: string;
	parts: string[];
}

const kinds: Record<string, string> = {
	note: 'note',
	decision: 'DECISION',
	action: 'ACTION',
	question: 'QUESTION',
	followup: 'FOLLOW-UP',
	command: 'COMMAND',
};

/** reading words what the backend says a line is. */
export function reading(p: ParseView, now: number, offset: Offset): Reading {
	const parts: string[] = [];
	if (p.at !== 0) parts.push(`${p.approx ? '~' : ''}${when(p.at, now, offset)}${sameDay(p.at, now, offset) ? '' : ' (earlier day)'}`);
	if (p.kind === 'action') parts.push(p.owner, p.minutes > 0 ? `${p.minutes} min` : 'no time box');
	if (p.kind === 'decision') {
		if (p.basis !== '') parts.push(`because ${short(p.basis, 28)}`);
		if (p.tradeoff !== '') parts.push(`but ${short(p.tradeoff, 28)}`);
		if (p.basis === '' && p.tradeoff === '') parts.push('add “because …” and “but …”');
	}
	if (p.kind === 'command') parts.push(short(p.words.join(' '), 40));
	return { kind: kinds[p.kind] ?? p.kind, parts };
}
