// What leaves: previews, sending, and what a person decides about a post, a route or a secret.
import { api, faultOf, shell, type DeliveryView, type MailView, type MentionView, type PreviewView, type RoutesFileView, type RouteView, type SecretsView, type SecretView, type TestView, type UpdateInput } from '$lib/bridge';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { newID } from '$lib/state/id';
import { ask, plainly } from './orders';

/** Words of an update: to whom, how it stands, what, and until when they hear again. */
export type Words = Pick<UpdateInput, 'audience' | 'state' | 'text' | 'next'> & Partial<UpdateInput>;

const update = (w: Words): UpdateInput => ({ incident: cockpit.chosen, id: '', how: '', route: '', corrects: '', merges: false, mentions: [], despite: '', ...w });

/** sendUpdate sends one by its audience's route; with how it records one that a person has sent. */
export const sendUpdate = (w: Words) => ask(api.SendUpdate(update({ ...w, id: newID() })));

/** or shows why something cannot be had and answers with what to show instead. */
async function or<T>(call: Promise<T>, instead: T): Promise<T> {
	try {
		return await call;
	} catch (reason) {
		desk.tell(faultOf(reason));
		return instead;
	}
}

/** preview is an update as it would leave; null when it cannot be rendered, which the route's own state says. */
export const preview = (w: Words): Promise<PreviewView | null> => api.PreviewUpdate(update(w)).catch(() => null);

/** mentions are those whom an update by its route can call; none when that cannot be told. */
export const mentions = (w: Words): Promise<MentionView[]> => api.Mentions(update(w)).catch(() => []);

export const outbox = (incident = ''): Promise<DeliveryView[]> => or(api.Outbox(incident), []);
export const routes = (): Promise<RouteView[]> => or(api.Routes(), []);
export const testRoute = (name: string): Promise<TestView | null> => or<TestView | null>(api.TestRoute(name), null);
export const switchRoute = (audience: string, route: string, reason: string) => ask(api.SwitchRoute({ incident: cockpit.chosen, audience, route, reason }));

/** routesFile is routes.yaml as it stands. */
export const routesFile = (): Promise<RoutesFileView | null> => or<RoutesFileView | null>(api.RoutesFile(), null);

/** setRoutesFile puts another text in its place, unless it is no longer what it was; what cannot be read is refused by its line. */
export const setRoutesFile = (text: string, was: string) => ask(api.SetRoutesFile({ text, was }));

export const hold = (row: string) => plainly(ask(api.Hold(row)));
export const sendRow = (row: string) => plainly(ask(api.Send(row)));
export const drop = (row: string) => plainly(ask(api.Drop(row)));
export const byHand = (row: string, how: string, remote = '') => plainly(ask(api.ByHand({ row, how, remote })));

/** endChannel says in the incident's channel, and where it was announced, how it was resolved. */
export const endChannel = (text: string, archive: boolean) => ask(api.ResolveChannel({ incident: cockpit.chosen, text, archive }));

/** openLink shows where a post is. */
export const openLink = (address: string) => plainly(ask(shell.open(address)));

/** manifest copies what makes the app in Slack. */
export async function manifest(): Promise<void> {
	if (await plainly(ask(api.SlackManifest().then(shell.copy)))) desk.say('The app’s manifest is copied. At api.slack.com/apps: Create New App, From a manifest');
}

/** mail is an update as a mail that a person sends; null when it cannot be made, which has been shown. */
export const mail = (w: Words): Promise<MailView | null> => or<MailView | null>(api.MailUpdate(update(w)), null);

/** openMail opens a mail program with the update, or saves it as a file where it is too long for that. */
export async function openMail(w: Words): Promise<void> {
	const m = await mail(w);
	if (!m) return;
	if (m.mailto === '') return saveMail(w);
	if (await plainly(ask(shell.open(m.mailto)))) desk.say('Handed to your mail program. It is not recorded as sent: Alt+M does that');
}

/** saveMail saves the update as a file that mail programs open as a draft. */
export async function saveMail(w: Words): Promise<void> {
	const m = await mail(w);
	if (!m) return;
	let where = '';
	const wrong = await ask(shell.save(m.name, 'message/rfc822', m.eml).then((at) => void (where = at)));
	if (await plainly(Promise.resolve(wrong))) if (where !== '') desk.say(`Saved: ${where}. It is not recorded as sent: Alt+M does that`);
}

/** recallable are the posts of the chosen incident that have not begun to leave. */
export const recallable = (): DeliveryView[] => (cockpit.live?.outbox ?? []).filter((d) => d.recall > clock.now);

/** recall takes back everything that can still be taken back. */
export async function recall(): Promise<void> {
	const rows = recallable();
	let back = 0;
	for (const d of rows) if (await plainly(ask(api.Recall(d.id)))) back++;
	if (back > 0) desk.say(back === rows.length ? 'Recalled. Nothing has left; the words are in the log' : 'Some of it had left already; the rest is recalled', back < rows.length);
}

export const secrets = (): Promise<SecretsView> => or(api.Secrets(), { places: [], kept: [] } as unknown as SecretsView);

/** keepSecret keeps one; where it went is told, the secret itself never again. */
export async function keepSecret(name: string, value: string, kept: (v: SecretView) => void) {
	return ask(api.SetSecret({ name, value }).then(kept));
}

export const removeSecret = (name: string) => plainly(ask(api.RemoveSecret(name)));
export const unlockSecrets = (passphrase: string) => ask(api.UnlockSecrets(passphrase));
