import { expect, test } from 'vitest';
import { complete } from './complete';

const people = ['Ana', 'Ben', 'Bea'];

test('Tab completes a name and goes on to the next', () => {
	expect(complete('@b', 2, people, 0)).toEqual({ text: '@Ben ', caret: 5 });
	expect(complete('@b', 2, people, 1)).toEqual({ text: '@Bea ', caret: 5 });
	expect(complete('@b', 2, people, 2)?.text).toBe('@Ben ');
	expect(complete('@ana', 4, people, 0)?.text).toBe('@Ana ');
});

test('without a name to complete Tab is left alone', () => {
	expect(complete('no name', 7, people, 0)).toBeNull();
	expect(complete('@x', 2, people, 0)).toBeNull();
	expect(complete('@b', 2, [], 0)).toBeNull();
});

test('what follows the caret stays', () => {
	expect(complete('ask @be rest', 7, people, 0)?.text).toBe('ask @Ben rest');
});
