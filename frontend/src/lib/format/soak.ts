import type { CriterionView } from '$lib/bridge';
import { count } from './text';
import { hm, type Offset } from './time';

/** soakWord says how a criterion that must hold for a time stands; nothing for one that asks for none. */
export function soakWord(c: Pick<CriterionView, 'soak' | 'state' | 'since' | 'until' | 'dips'>, now: number, offset: Offset): string {
	if (c.soak === 0 || c.state !== 'open') return '';
	if (c.since === 0) return `must hold for ${c.soak} min; its time does not run`;
	const dips = c.dips === 0 ? '' : `, ${count(c.dips, 'dip')}`;
	if (now >= c.until) return `has held since ${hm(c.since, offset)}${dips}`;
	return `holds since ${hm(c.since, offset)}, ${Math.ceil((c.until - now) / 60_000)} of ${c.soak} min to go${dips}`;
}
