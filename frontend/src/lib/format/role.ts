import type { LiveView, OnCallRow, RoleView } from '$lib/bridge';
import { eastAt, held, hm, span, when, type Offset } from './time';

const hour = 3_600_000;
const long = 8 * hour; // on one incident

/** dutyOf is who the calendars say is on call for a role, or for the part of one that many hold. */
export function dutyOf(rows: readonly OnCallRow[], role: string): OnCallRow | undefined {
	const [base = '', part = ''] = role.split(':');
	return rows.find((r) => r.role === role) ?? rows.find((r) => r.role === base && (part === '' || r.schedule.toLowerCase().includes(part)));
}

/** dutyWords is what a role's calendar says: who, and until when. */
export function dutyWords(row: OnCallRow | undefined, now: number, offset: Offset): string {
	if (!row) return 'no rota';
	const on = row.on[0];
	if (on) return `${on.name} until ${when(row.until || on.end, now, offset)}`;
	if (row.word === 'no_data') return 'the rota says nothing';
	return row.next ? `nobody; ${row.next.name} from ${when(row.next.start, now, offset)}` : 'nobody';
}

/** there is the time of day where somebody on call is, when that is known and another one. */
export function there(row: OnCallRow | undefined, now: number, offset: Offset): string {
	const on = row?.on[0];
	if (!on || on.zone === '' || on.offset === eastAt(now, offset)) return '';
	return `${hm(now, on.offset)} ${on.zone.split('/').at(-1)?.replaceAll('_', ' ')}${on.night ? ' !' : ''}`;
}

/** covers says who does what nobody has taken: the commander, whoever reads it. */
export const covers = (live: LiveView, me: string): string => (live.commander.id === me ? 'you cover' : live.commander.name === '' ? 'nobody covers' : `${live.commander.name} covers`);

/** roleState is how it stands with a role, with a running clock. */
export function roleState(r: RoleView, live: LiveView, now: number, offset: Offset, me: string): string {
	const asked = r.asked.id === '' ? '' : `${r.asked.name} asked ${span(now - r.askedAt)}`;
	if (r.id === 'commander') return `in command ${held(now - r.since)}`;
	if (r.person.id !== '') return [`accepted ${hm(r.since, offset)} · ${held(now - r.since)}${now - r.since > long ? ' !' : ''}`, asked].filter((t) => t !== '').join(' · ');
	if (asked !== '') return `${asked} – call`;
	if (r.covered > now) return `${covers(live, me)} until ${hm(r.covered, offset)}`;
	const declared = live.milestones.find((m) => m.id === 'declared')?.time ?? now;
	return r.required ? `open ${span(now - declared)}` : 'held by the commander';
}

/** spanWords says how many report to the commander. */
export function spanWords(live: LiveView): string {
	const to = `${live.span} of ${live.maxSpan} reporting to ${live.commander.name}`;
	return live.span > live.maxSpan ? `${to} – split a team off under a lead` : to;
}

/** partOf reads "expert: payments" as a part of a role that many hold; '' when it is none. */
export function partOf(roles: readonly RoleView[], typed: string): string {
	const at = typed.indexOf(':');
	if (at < 0) return '';
	const base = typed.slice(0, at).trim().toLowerCase();
	const role = roles.find((r) => r.many && [r.id, r.name.toLowerCase(), r.short.toLowerCase()].some((n) => n.startsWith(base)));
	const part = typed.slice(at + 1).trim().toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[-\d]+|-+$/g, '');
	return role && base !== '' && part !== '' ? `${role.id}:${part}` : '';
}

const tired = 4 * hour; // in command; anybody else after twice that

/** relief is who the calendars say could take over from a holder who has been on for long; '' while they have not, or when nobody is known. */
export function relief(r: RoleView, row: OnCallRow | undefined, now: number, offset: Offset): string {
	if (r.person.id === '' || now - r.since < (r.id === 'commander' ? tired : long)) return '';
	const other = row?.on.find((o) => o.name !== r.person.name);
	if (other) return `relief: ${other.name}`;
	return row?.next && row.next.name !== r.person.name ? `relief: ${row.next.name} from ${when(row.next.start, now, offset)}` : 'long on; no relief known';
}

/** teamOf is who reports to a holder, in words. */
export const teamOf = (r: RoleView, live: LiveView): string => (live.work.teams.find((t) => t.lead.id === r.person.id)?.members ?? []).map((m) => m.name).join(', ');
