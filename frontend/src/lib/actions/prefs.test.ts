import { expect, test, vi } from 'vitest';
import type { Notify, PrefsInput } from '$lib/bridge';
import first from '../../../../app/testdata/first-start.json';

const asked = vi.hoisted(() => ({ sizes: [] as number[], answer: [] as (() => void)[] }));
vi.mock('$lib/bridge', async (real) => ({
	...(await real<typeof import('$lib/bridge')>()),
	api: {
		SetPrefs: (p: PrefsInput) => {
			asked.sizes.push(p.size);
			return new Promise<void>((done) => asked.answer.push(done));
		},
	},
}));

import { cockpit } from '$lib/state/cockpit.svelte';
import { prefs } from './prefs.svelte';

const station = (first as unknown as Notify).station;
const turn = () => new Promise((done) => setTimeout(done, 0));

/** push is what the backend says, some time after it was asked. */
function push(size: number): void {
	cockpit.station = station ? { ...station, size } : null;
	prefs.follow();
}

test('a size that comes back late does not throw back who has gone on', async () => {
	push(100);
	void prefs.set('size', 110);
	void prefs.set('size', 125);
	await turn();
	expect([asked.sizes, prefs.get('size', 100)]).toEqual([[110], 125]); // one after the other
	asked.answer.shift()?.();
	push(110);
	await turn();
	expect([asked.sizes, prefs.get('size', 100)]).toEqual([[110, 125], 125]);
	asked.answer.shift()?.();
	await turn();
	expect(prefs.get('size', 100)).toBe(125); // the push is still on its way
	push(125);
	push(90); // and then somebody else says otherwise
	expect(prefs.get('size', 100)).toBe(90);
});
