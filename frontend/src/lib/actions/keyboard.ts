// The one listener for keys: chords first, then the rule that typing is always a note.
import { desk } from '$lib/state/desk.svelte';
import { line } from '$lib/state/line.svelte';
import { notice } from './chord';
import { dispatcher } from './dispatcher';
import { actions } from './list';
import { submit } from './submit';
import { Typing, type Place } from './typing';

const typing = new Typing();

function placeOf(el: Element | null): Place {
	if (el?.id === 'line') return 'line';
	if (el instanceof HTMLTextAreaElement || el instanceof HTMLSelectElement) return 'field';
	if (el instanceof HTMLInputElement) return el.type === 'radio' || el.type === 'checkbox' ? 'control' : 'field';
	return el?.closest('button, a, [data-row]') ? 'control' : 'page';
}

/** newLine tells whether Enter only writes: in a text area, and in the log line with Shift. */
const newLine = (e: KeyboardEvent): boolean => e.target instanceof HTMLTextAreaElement && (e.target.id !== 'line' || e.shiftKey);

function onkeydown(e: KeyboardEvent): void {
	desk.touch();
	notice(e);
	if (e.isComposing || e.defaultPrevented) return;
	const held = e.repeat && e.key === 'Enter' && !newLine(e); // it has given its order
	if (dispatcher.run(e) || held) {
		e.preventDefault();
		e.stopPropagation();
		return;
	}
	if (dispatcher.modal) return;
	if (document.getElementById('line') === null) return; // a page of its own hears its own keys
	const verdict = typing.judge(e, placeOf(document.activeElement), line.text === '');
	if (verdict === 'leave') return;
	desk.toLine(); // the key itself goes where the focus is now
	if (verdict === 'submit') {
		e.preventDefault();
		e.stopPropagation();
		void submit();
	}
}

/** A click on a button presses it and leaves the focus where the typing is. */
function onmousedown(e: MouseEvent): void {
	if (!dispatcher.modal && e.target instanceof Element && e.target.closest('button')) e.preventDefault();
}

/** listen begins to hear keys. */
export function listen(): void {
	dispatcher.push({ actions: () => actions, modal: false });
	dispatcher.idle = (a) => {
		const why = a.missing?.() ?? '';
		if (why !== '') desk.say(why);
	};
	window.addEventListener('keydown', onkeydown, true);
	window.addEventListener('mousedown', onmousedown, true);
}
