import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';

// What the cockpit writes for other people's calendars, read by a library that shares no code with it.
function read(name: string) {
	const text = readFileSync(`../internal/compose/testdata/${name}.ics`, 'utf8');
	const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
	const [event, ...more] = calendar.getAllSubcomponents('vevent');
	expect(more).toEqual([]);
	if (!event) throw new Error('there is no event');
	const value = (of: string) => String(event.getFirstPropertyValue(of));
	const people = event.getAllProperties('attendee').map((p) => [p.getParameter('cn'), p.getFirstValue(), p.getParameter('partstat'), p.getParameter('rsvp')]);
	return { method: calendar.getFirstPropertyValue('method'), event: new ICAL.Event(event), value, people };
}

describe('the invitation to a retrospective', () => {
	it('asks people, with what they can answer to', () => {
		const v = read('invite');
		expect(v.method).toBe('REQUEST');
		expect([v.event.startDate.toString(), v.event.endDate.toString()]).toEqual(['2026-03-04T12:00:00Z', '2026-03-04T13:30:00Z']);
		expect(v.event.location).toBe('Room 4; https://meet.example.com/retro?a=1,2');
		expect(v.value('organizer')).toBe('mailto:ana@example.com');
		expect(v.people).toEqual([
			['Ana', 'mailto:ana@example.com', 'ACCEPTED', undefined],
			['Ben', 'mailto:ben@example.com', 'NEEDS-ACTION', 'TRUE'],
			["Ünal “Ü” O'Neil, Jr.", 'mailto:unal@example.com', 'NEEDS-ACTION', 'TRUE'],
		]);
		expect(v.event.description).toContain('Also to come: Dee');
		expect([v.event.sequence, v.value('status')]).toEqual([0, 'CONFIRMED']);
	});

	it('is brought up to date and taken out under the same name, by a higher number', () => {
		const [invite, update, cancel] = ['invite', 'update', 'cancel'].map(read);
		expect(update?.event.uid).toBe(invite?.event.uid);
		expect(cancel?.event.uid).toBe(invite?.event.uid);
		expect([update?.method, update?.event.sequence, update?.event.startDate.toString()]).toEqual(['REQUEST', 1, '2026-03-05T12:00:00Z']);
		expect([cancel?.method, cancel?.event.sequence, cancel?.value('status')]).toEqual(['CANCEL', 2, 'CANCELLED']);
		expect(cancel?.people).toEqual(update?.people);
	});

	it('is another one when it is booked again', () => {
		const [cancel, again] = ['cancel', 'again'].map(read);
		expect(again?.event.uid).not.toBe(cancel?.event.uid);
		expect([again?.method, again?.value('status')]).toEqual(['REQUEST', 'CONFIRMED']);
	});
});
