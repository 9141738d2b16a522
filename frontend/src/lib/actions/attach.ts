// Files into the log: pasted, dropped, chosen, or a text too long for an entry.
import { faultOf, files, shell, type LineView } from '$lib/bridge';
import { count, sentences } from '$lib/format/text';
import { clock } from '$lib/state/clock.svelte';
import { cockpit } from '$lib/state/cockpit.svelte';
import { desk } from '$lib/state/desk.svelte';
import { newID } from '$lib/state/id';
import { line } from '$lib/state/line.svelte';
import { importFile } from './bring';
import { ask, plainly } from './orders';

const stampOf = (at: number) => new Date(at).toISOString().slice(0, 19).replace(/[:-]/g, '').replace('T', '-');

/** named gives a picture that was pasted without a name of its own one that says when. */
function named(f: File): string {
	const bare = f.name === '' || /^image\.(png|jpe?g|gif|webp|bmp)$/i.test(f.name);
	return bare && f.type.startsWith('image/') ? `screenshot-${stampOf(clock.now)}.${f.type.slice(6).replace('jpeg', 'jpg')}` : f.name || 'file';
}

/** attach puts files into the log of the chosen incident, one after the other. */
export async function attach(list: readonly File[]): Promise<void> {
	const incident = cockpit.chosen;
	if (list.length === 0) return;
	if (incident === '') return importFile(list[0]); // what else could be meant on a page without one
	const done: string[] = [];
	for (const f of list) {
		const name = named(f);
		try {
			await files.attach({ incident, id: newID(), name, text: '', as: line.as }, f);
			done.push(name);
		} catch (reason) {
			const fault = faultOf(reason);
			fault.message = `${name}: ${fault.message}`;
			desk.tell(fault);
		}
	}
	if (done.length > 0) desk.say(done.length === 1 ? `${done[0]} is attached` : `${count(done.length, 'file is', 'files are')} attached`);
}

const firstLine = 200; // characters of it that stand in the log

/** attachText keeps a text that is too long for an entry as a file; its first line stands in the log. */
export async function attachText(text: string): Promise<boolean> {
	const first = text.trimStart().split('\n', 1)[0]?.trim() ?? '';
	const shown = [...first].length > firstLine ? `${[...first].slice(0, firstLine).join('')}…` : first;
	const bytes = new Blob([text], { type: 'text/plain' });
	return plainly(ask(files.attach({ incident: cockpit.chosen, id: newID(), name: `pasted-${stampOf(clock.now)}.txt`, text: shown, as: line.as }, bytes)));
}

/** saveFile saves the file of a row where its reader says. */
export async function saveFile(row: LineView): Promise<void> {
	let where = '';
	const saved = shell.saveFile(cockpit.chosen, row.id, row.file?.name ?? 'file').then((to) => {
		where = to;
	});
	if ((await plainly(ask(saved))) && where !== '' && shell.window) desk.say(`Saved as ${where}`);
}

/** address is where the file of a record of the chosen incident is shown. */
export const address = (record: string): string => files.address(cockpit.chosen, record);

/** readFile is the beginning of a file that is a text, or what is wrong with it. */
export async function readFile(record: string): Promise<{ text: string; wrong: string }> {
	try {
		return { text: await files.read(cockpit.chosen, record), wrong: '' };
	} catch (reason) {
		const fault = faultOf(reason);
		return { text: '', wrong: sentences(fault.message, fault.hint) };
	}
}

/** choose asks for files to attach. */
export function choose(): void {
	const field = document.createElement('input');
	field.type = 'file';
	field.multiple = true;
	field.onchange = () => void attach([...(field.files ?? [])]);
	field.click();
}

const holdsFiles = (e: DragEvent) => [...(e.dataTransfer?.types ?? [])].includes('Files');

function ondragover(e: DragEvent): void {
	if (!holdsFiles(e)) return;
	e.preventDefault(); // else the page would be left for the file
	if (e.dataTransfer) e.dataTransfer.dropEffect = 'copy';
	desk.dropping = true;
}

function ondragleave(e: DragEvent): void {
	if (e.relatedTarget === null) desk.dropping = false;
}

function ondrop(e: DragEvent): void {
	desk.dropping = false;
	if (!holdsFiles(e)) return;
	e.preventDefault();
	void attach([...(e.dataTransfer?.files ?? [])]);
}

/** A picture or a file is attached wherever it is pasted; text that comes with it, as from a table, is what was meant. */
function onpaste(e: ClipboardEvent): void {
	const list = [...(e.clipboardData?.files ?? [])];
	if (list.length === 0 || e.clipboardData?.getData('text/plain') !== '' || document.querySelector('dialog[open]')) return;
	e.preventDefault();
	void attach(list);
}

/** take begins to take files in. */
export function take(): void {
	window.addEventListener('dragover', ondragover);
	window.addEventListener('dragleave', ondragleave);
	window.addEventListener('drop', ondrop);
	window.addEventListener('paste', onpaste);
}
