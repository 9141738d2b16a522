import { expect, test } from 'vitest';
import { dueText } from './due';

const noon = Date.UTC(2026, 2, 2, 12);
const say = (kind: string, more: object = {}) => dueText({ kind, subject: '', due: noon, look: 'caution', ...more }, 0, (id) => `<${id}>`);

test('each alarm says what is due, and no running time', () => {
	expect(say('promise', { subject: 'customers' })).toBe('<customers> update was promised for 12:00');
	expect(say('promise', { subject: 'customers', name: 'Customers' })).toBe('Customers update was promised for 12:00');
	expect(say('action', { name: 'ben', text: 'roll back' })).toBe('ben: roll back – its time ended 12:00');
	expect(say('action', { text: 'ben: roll back' })).toBe('ben: roll back – its time ended 12:00');
	expect(say('quiet')).toContain('11:45');
	for (const kind of ['assess', 'role', 'command', 'duty', 'span', 'exits', 'log', 'away', 'delivery', 'route']) expect(say(kind)).not.toBe('Something is due');
});
