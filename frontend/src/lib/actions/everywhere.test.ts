import { expect, test } from 'vitest';
import { readLink } from './everywhere';

const incident = '01a1fe16-27cf-7371-bb52-f007f1c7cbb6';
const record = '01a1fe16-27cf-7371-bb52-f007d49bebb5';

test.each([
	[`quarterdeck:${incident}/${record}`, true],
	[` quarterdeck://${incident}/${record}\n`, true],
	[`http://127.0.0.1:8080/#${incident}/${record}`, true],
	[`http://127.0.0.1:8080/#/${incident.toUpperCase()}/${record}`, true],
	[`http://127.0.0.1:8080/`, false],
	[`quarterdeck:${incident}`, false],
	[`see quarterdeck:${incident}/${record}`, false],
	['', false],
])('%s is a link: %s', (text, is) => {
	expect(readLink(text)).toEqual(is ? { incident, record } : null);
});
