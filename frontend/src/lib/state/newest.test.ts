import { expect, test } from 'vitest';
import { newest } from './newest';

function held(): { answer: Promise<string>; give: (v: string) => void } {
	let give: (v: string) => void = () => undefined;
	const answer = new Promise<string>((done) => (give = done));
	return { answer, give: (v) => give(v) };
}

test('an answer that comes after a later question is dropped', async () => {
	const taken: string[] = [];
	const ask = newest();
	const [first, second] = [held(), held()];
	const all = [ask(first.answer, (v) => taken.push(v)), ask(second.answer, (v) => taken.push(v))];
	second.give('second');
	first.give('first');
	await Promise.all(all);
	expect(taken).toEqual(['second']);
});

test('who waits for an answer that was overtaken waits for the latest', async () => {
	const taken: string[] = [];
	const ask = newest();
	const [first, second] = [held(), held()];
	const waits = ask(first.answer, (v) => taken.push(v)).then(() => [...taken]);
	void ask(second.answer, (v) => taken.push(v));
	first.give('first');
	second.give('second');
	expect(await waits).toEqual(['second']);
});
