// Waiting for what must become true, never for time to pass.
import { setTimeout as rest } from 'node:timers/promises';

/** patience is how long anything may take on a busy machine, in ms. */
export const patience = 15_000;

/** until asks again and again and answers with the first answer that is true; what never comes is an error. */
export async function until(what, probe, limit = patience) {
	const end = performance.now() + limit;
	for (;;) {
		const got = await probe();
		if (got) return got;
		if (performance.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
		await rest(15);
	}
}
