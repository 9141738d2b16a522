import type { AwayItem, DueView } from '$lib/bridge';
import { asks } from './act';
import { hm, type Offset } from './time';

/** What a deadline is about; of the card of an absence only some of it is known. */
export type Due = Pick<DueView, 'kind' | 'subject' | 'due' | 'look'> & Partial<Pick<DueView, 'name' | 'text'>> & Partial<Pick<AwayItem, 'ref'>>;

/** dueText says what is due, without a running time. */
export function dueText(d: Due, offset: Offset, audience: (id: string) => string): string {
	const at = hm(d.due, offset);
	switch (d.kind) {
		case 'promise':
			return `${d.name || audience(d.subject)} update was promised for ${at}`;
		case 'action':
			return `${d.name ? `${d.name}: ` : ''}${d.text} – its time ended ${at}`;
		case 'measure':
			return `${d.name ? `${d.name}: ` : ''}${d.text} – temporary, it had to end ${at}`;
		case 'assess':
			return `The severity is provisional – it was to be judged by ${at}`;
		case 'role':
			return `${d.name || d.subject || 'A role'} is open past its limit, ${at}`;
		case 'command':
			return d.subject === '' ? 'Nobody commands' : 'Command was offered and not taken';
		case 'check':
			return `${d.text} – did it work? It was to be looked at ${at}`;
		case 'help':
			return `Do you need help? ${asks(d.subject)}`;
		case 'duty':
			return 'The commander has been on for long – plan a handoff';
		case 'span':
			return 'More than seven people report to the commander – split a team';
		case 'quiet':
			return `Nothing has been written since ${hm(d.due - 900_000, offset)} – ask how it stands`;
		case 'exits':
			return 'Every exit criterion is met – verify and resolve';
		case 'log':
			return 'The log cannot be written – make room, or find what holds the file';
		case 'away':
			return 'You were away – read the card';
		case 'delivery':
			return `${d.name || 'A message'} could not be delivered`;
		case 'gap':
			return `${d.subject}: nobody is on call from ${hm(d.due + 43_200_000, offset)} – fill the gap`;
		case 'route':
			return `${d.subject} cannot be reached – what is to leave waits`;
	}
	return 'Something is due';
}
