// What the questions about severity weigh, by comparing them in pairs.
import { api, type CompareView, type Fault } from '$lib/bridge';
import { ask } from './orders';

type Seen = Promise<[CompareView | null, Fault | null]>;

async function seen(call: Promise<CompareView>): Seen {
	let view: CompareView | null = null;
	const fault = await ask(call.then((v) => (view = v)));
	return [view, fault];
}

/** compare says what somebody's answers come to; without any it begins with those that they gave before. */
export const compare = (name: string, pairs: CompareView['pairs'] | null): Seen => seen(api.Compare({ name, pairs: pairs as CompareView['pairs'] }));

/** keepComparison writes them into the team's kit. */
export const keepComparison = (name: string, pairs: CompareView['pairs']): Seen => seen(api.KeepComparison({ name, pairs }));
