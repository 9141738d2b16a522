import { expect, test } from 'vitest';
import { once } from './once';

test('an act under way is not begun again, and can be once it has ended', async () => {
	let begun = 0;
	let end = () => {};
	const act = once(() => {
		begun++;
		return new Promise<void>((done) => (end = done));
	});
	const first = act();
	await act();
	expect(begun).toBe(1);
	end();
	await first;
	void act();
	expect(begun).toBe(2);
});

test('an act that failed can be tried again, and its failure is not swallowed', async () => {
	let tried = 0;
	const act = once(async () => {
		tried++;
		throw new Error('no');
	});
	await expect(act()).rejects.toThrow('no');
	await expect(act()).rejects.toThrow('no');
	expect(tried).toBe(2);
});
