import type { PlanView } from '$lib/bridge';
import { hm, type Offset } from './time';

/** A line of what changes with a severity. */
export interface PlanLine {
	name: string;
	text: string;
}

type Heard = PlanView['promises'][number];

function heard(p: Heard, offset: Offset): string {
	const next = p.due === p.was ? '' : p.due === 0 ? 'nothing due any more' : p.was === 0 ? `by ${hm(p.due, offset)}` : `by ${hm(p.due, offset)} instead of ${hm(p.was, offset)}`;
	const every = p.every === p.everyWas ? '' : p.every === 0 ? 'no further promise' : p.everyWas === 0 ? `then every ${p.every} min` : `every ${p.every} min instead of ${p.everyWas}`;
	return `${p.audience} ${[next, every].filter((t) => t !== '').join(', ')}`;
}

/** planLines says what changes; when nothing does, that. */
export function planLines(p: PlanView, offset: Offset): PlanLine[] {
	if (p.from === p.to) return [{ name: 'Plan', text: `stays as it is for ${p.to}` }];
	const lines: PlanLine[] = [];
	const add = (name: string, text: string) => void (text === '' ? 0 : lines.push({ name, text }));
	const over = p.promises.filter((x) => x.every === 0 && x.due === 0).map((x) => x.audience);
	const told = p.promises.filter((x) => !over.includes(x.audience)).map((x) => heard(x, offset));
	if (over.length > 0) told.push(`nothing due any more for ${over.join(', ')}`);
	add('Promises', told.join(' · ') || 'stay as they are');
	const roles = [p.required.length > 0 ? `required from now on: ${p.required.join(', ')}` : '', p.released.length > 0 ? `not required any more: ${p.released.join(', ')}` : ''];
	add('Roles', [...roles.filter((t) => t !== ''), 'nobody is moved'].join(' · '));
	const exits = [p.more.length > 0 ? `more: ${p.more.join(', ')}` : '', p.less.length > 0 ? `less: ${p.less.join(', ')}` : ''];
	add('Exit', exits.filter((t) => t !== '').join(' · '));
	add('Effort', p.effort);
	if (p.retro !== p.retroWas) add('Afterwards', `retrospective: ${p.retro}`);
	return lines;
}

/** planWord is what changes in a few words, for a toast. */
export function planWord(p: PlanView, offset: Offset): string {
	if (p.from === p.to) return `${p.to} confirmed`;
	const due = p.promises.filter((x) => x.due !== 0 && x.due !== x.was).map((x) => `${x.audience} by ${hm(x.due, offset)}`);
	const none = p.promises.filter((x) => x.due === 0 && x.was !== 0).map((x) => x.audience);
	const parts = [...due, none.length > 0 ? `nothing due for ${none.join(', ')}` : '', p.required.length > 0 ? `${p.required.join(', ')} required` : ''].filter((t) => t !== '');
	return [`${p.from} → ${p.to}`, ...parts].join(' · ');
}
