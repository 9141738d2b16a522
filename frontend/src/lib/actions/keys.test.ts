import { describe, expect, test } from 'vitest';
import type { Action } from './action';
import { chordOf, hits, layout, notice, split, type Press } from './chord';
import { Dispatcher } from './dispatcher';
import { Typing } from './typing';

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

describe('chords', () => {
	test('a letter is the one that is produced, else the one of the place', () => {
		expect(hits(press('u', { ctrlKey: true, code: 'KeyF' }), 'Mod+U', false)).toBe(true); // Dvorak
		expect(hits(press('г', { ctrlKey: true, code: 'KeyU' }), 'Mod+U', false)).toBe(true); // Cyrillic
		expect(hits(press('q', { ctrlKey: true, code: 'KeyA' }), 'Mod+A', false)).toBe(false); // AZERTY
		expect(hits(press('M', { ctrlKey: true, shiftKey: true, code: 'KeyM' }), 'Mod+Shift+M', false)).toBe(true);
		expect(hits(press('z', { ctrlKey: true, code: 'KeyY' }), 'Mod+Z', false)).toBe(true); // QWERTZ
		expect(hits(press('z', { ctrlKey: true, code: 'KeyY' }), 'Mod+Y', false)).toBe(false);
	});
	test('a digit is its key, whatever that writes', () => {
		expect(hits(press('&', { altKey: true, code: 'Digit1' }), 'Alt+1', false)).toBe(true); // AZERTY
		expect(hits(press('é', { ctrlKey: true, code: 'Digit2' }), 'Mod+2', false)).toBe(true);
		expect(hits(press('1', { altKey: true, code: 'Numpad1' }), 'Alt+1', false)).toBe(true);
	});
	test('a sign of a Latin layout is no letter of another one', () => {
		expect(hits(press("'", { ctrlKey: true, code: 'KeyQ' }), 'Mod+Q', false)).toBe(false); // Dvorak
		expect(hits(press(';', { ctrlKey: true, code: 'KeyZ' }), 'Mod+Z', false)).toBe(false);
		expect(hits(press(',', { ctrlKey: true, code: 'KeyM' }), 'Mod+,', false)).toBe(true); // AZERTY
		expect(hits(press('?', { ctrlKey: true, shiftKey: true, code: 'KeyM' }), 'Mod+Shift+M', false)).toBe(false);
		expect(hits(press('б', { ctrlKey: true, code: 'Comma' }), 'Mod+,', false)).toBe(true); // Cyrillic
	});
	test('a layout of another script has letters where it writes signs', () => {
		const q = press('/', { ctrlKey: true, code: 'KeyQ' });
		expect(hits(q, 'Mod+Q', false)).toBe(false); // nothing is known yet
		notice(press('ש', { code: 'KeyA' })); // Hebrew
		expect(layout.foreign).toBe(true);
		expect(hits(q, 'Mod+Q', false)).toBe(true);
		expect(hits(press("'", { ctrlKey: true, code: 'KeyW' }), 'Mod+W', false)).toBe(true);
		expect(hits(q, 'Mod+/', false)).toBe(false);
		expect(hits(press('ת', { ctrlKey: true, code: 'Comma' }), 'Mod+,', false)).toBe(true);
		notice(press('a', { code: 'KeyA' })); // back to a Latin one
		expect(hits(q, 'Mod+Q', false)).toBe(false);
		expect(hits(press("'", { ctrlKey: true, code: 'KeyQ' }), "Mod+'", false)).toBe(true); // Dvorak
	});
	test('a chord reads a press back', () => {
		for (const [e, chord] of [
			[press('u', { ctrlKey: true, code: 'KeyU' }), 'Mod+U'],
			[press('+', { ctrlKey: true, shiftKey: true, code: 'Equal' }), 'Mod+Shift++'],
			[press('ш', { altKey: true, code: 'KeyI' }), 'Alt+I'],
			[press('PageDown', { altKey: true, code: 'PageDown' }), 'Alt+PageDown'],
			[press('F9', { code: 'F9' }), 'F9'],
			[press(' ', { ctrlKey: true, code: 'Space' }), 'Mod+Space'],
			[press('Control', { ctrlKey: true, code: 'ControlLeft' }), ''],
			[press('Dead', { code: 'BracketLeft' }), ''],
			[press('l', { metaKey: true, code: 'KeyL' }), ''],
		] as const) {
			expect(chordOf(e, false)).toBe(chord);
			if (chord !== '') expect(hits(e, chord, false)).toBe(true);
		}
		expect([split('Mod+Shift++'), split('F1'), split('+')]).toEqual([{ held: ['Mod', 'Shift'], key: '+' }, { held: [], key: 'F1' }, { held: [], key: '+' }]);
	});
	test('a chord needs exactly its modifiers', () => {
		expect(hits(press('u', { ctrlKey: true, altKey: true }), 'Mod+U', false)).toBe(false);
		expect(hits(press('u'), 'Mod+U', false)).toBe(false);
		expect(hits(press('Enter', { ctrlKey: true }), 'Enter', false)).toBe(false);
		expect(hits(press('F1'), 'F1', false)).toBe(true);
	});
	test('a Mac has its own', () => {
		expect(hits(press('u', { metaKey: true }), 'Mod+U', true)).toBe(true);
		expect(hits(press('u', { ctrlKey: true }), 'Mod+U', true)).toBe(false);
		expect(hits(press('n', { ctrlKey: true }), 'Alt+N', true)).toBe(true);
	});
});

describe('scopes', () => {
	const ran: string[] = [];
	const action = (id: string, chord: string, enabled = true): Action => ({ id, name: id, label: id, keys: [chord], group: 'live', enabled: () => enabled, run: () => ran.push(id) });
	test('the latest scope wins, a modal one hides the rest, and closing brings it back', () => {
		const d = new Dispatcher();
		d.push({ modal: false, actions: () => [action('page', 'Alt+C'), action('undo', 'Mod+Z')] });
		const close = d.push({ modal: true, actions: () => [action('sheet', 'Alt+C'), action('off', 'Alt+X', false)] });
		const c = press('c', { altKey: true });
		expect(d.run(c)).toBe(true);
		expect(d.run(press('z', { ctrlKey: true }))).toBe(false);
		expect(d.run(press('x', { altKey: true }))).toBe(true); // taken, but it cannot run
		close();
		d.run(c);
		expect(ran).toEqual(['sheet', 'page']);
		expect(d.modal).toBe(false);
	});
});

describe('typing from anywhere', () => {
	/** type sends a text and Enter with the focus on a control, and tells where each key went. */
	function type(text: string, typing: Typing): { note: string; pressed: number; sent: boolean } {
		let note = '';
		let pressed = 0;
		let sent = false;
		let place: 'control' | 'line' = 'control';
		for (const key of [...text, 'Enter']) {
			const verdict = typing.judge(press(key), place, note === '');
			if (verdict === 'line') place = 'line';
			if (verdict === 'leave' && place === 'control') pressed++;
			else if (key === 'Enter') sent = true;
			else note += key;
			if (verdict === 'space' || verdict === 'submit') place = 'line';
		}
		return { note, pressed, sent };
	}
	test('a note lands whole and presses nothing', () => {
		expect(type('restarting node 4 now', new Typing())).toEqual({ note: 'restarting node 4 now', pressed: 0, sent: true });
	});
	test('a control that was walked to is pressed, even with a note half written', () => {
		const t = new Typing();
		expect(t.judge(press('Enter'), 'control', false)).toBe('submit');
		t.judge(press('Tab'), 'line', false);
		expect(t.judge(press(' '), 'control', false)).toBe('leave');
		t.judge(press('x'), 'control', false);
		expect(t.judge(press(' '), 'control', false)).toBe('space');
	});
	test('with an empty line Enter and Space press the control that has the focus', () => {
		expect(new Typing().judge(press('Enter'), 'control', true)).toBe('leave');
		expect(new Typing().judge(press(' '), 'control', true)).toBe('leave');
	});
	test('fields keep their keys, and chords are not typed', () => {
		expect(new Typing().judge(press('a'), 'field', true)).toBe('leave');
		expect(new Typing().judge(press('a', { altKey: true }), 'page', true)).toBe('leave');
		expect(new Typing().judge(press('Dead'), 'page', true)).toBe('line');
	});
});
