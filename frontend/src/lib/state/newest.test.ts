import { expect, test } from 'vitest';
import { newest } from './newest';

test('an answer that comes after a later question is dropped', async () => {
	const taken: string[] = [];
	const ask = newest();
	let late: (v: string) => void = () => undefined;
	const first = ask(new Promise<string>((done) => (late = done)), (v) => taken.push(v));
	await ask(Promise.resolve('second'), (v) => taken.push(v));
	late('first');
	await first;
	expect(taken).toEqual(['second']);
});
