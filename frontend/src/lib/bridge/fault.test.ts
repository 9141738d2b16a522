import { expect, test } from 'vitest';
import { Fault, faultOf } from './fault';

const full = '{"code":"unreachable","message":"the disk is full","hint":"free some space","field":""}';

test.each([
	['the text of the browser face', full],
	['the Error that the window makes of it', new Error(full)],
	['the value itself', JSON.parse(full) as unknown],
])('%s is one fault', (_, reason) => {
	const f = faultOf(reason);
	expect([f.code, f.message, f.hint]).toEqual(['unreachable', 'the disk is full', 'free some space']);
});

test('what is no fault of the backend is one of ours, in its own words', () => {
	expect(faultOf(new Error('Call to ReadLine timed out'))).toMatchObject({ code: 'internal', message: 'Call to ReadLine timed out' });
	expect(faultOf('received no arguments')).toMatchObject({ code: 'internal', message: 'received no arguments' });
	expect(faultOf('null')).toMatchObject({ code: 'internal', message: 'something broke here' });
	expect(faultOf(undefined)).toMatchObject({ code: 'internal', message: 'something broke here' });
	expect(faultOf(new Fault('refused', 'no'))).toMatchObject({ code: 'refused', message: 'no' });
});
