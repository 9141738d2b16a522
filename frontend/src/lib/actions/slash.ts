// Commands of the log line that only the page knows; all others go to the backend.
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk, type Sheet } from '$lib/state/desk.svelte';
import { line } from '$lib/state/line.svelte';

const sheets: Record<string, Sheet['kind']> = { update: 'update', declare: 'declare', roles: 'roles', handoff: 'handoff', keys: 'keys', help: 'keys', settings: 'settings', outbox: 'outbox', routes: 'routes' };
// These change the record when they say what to; alone they open their sheet.
const bare: Record<string, Sheet['kind']> = { role: 'roles', sev: 'severity', severity: 'severity', phase: 'phase', change: 'change', need: 'need' };
const needsIncident: readonly Sheet['kind'][] = ['update', 'outbox', 'roles', 'handoff', 'severity', 'phase', 'change', 'need'];

function speak(name: string): void {
	const known = cockpit.live?.people.find((p) => p.toLowerCase() === name.toLowerCase() || p.split(' ')[0]?.toLowerCase() === name.toLowerCase());
	const who = known ?? name;
	line.as = who === cockpit.station?.me.name || who.toLowerCase() === 'me' ? '' : who;
}

/** order does a command of the page and tells whether it was one. */
export function order(text: string): boolean {
	const [word = '', ...rest] = text.slice(1).trim().split(/\s+/);
	const name = word.toLowerCase();
	const said = rest.join(' ');
	if (name === 'as') {
		speak(said);
		return true;
	}
	const kind = sheets[name] ?? (said === '' ? bare[name] : undefined);
	if (!kind || (needsIncident.includes(kind) && cockpit.chosen === '')) return false;
	const audience = kind === 'update' ? cockpit.live?.audiences.find((a) => said !== '' && a.name.toLowerCase().startsWith(said.toLowerCase()))?.id : undefined;
	desk.open(kind, audience ?? (kind === 'declare' ? said : ''));
	return true;
}
