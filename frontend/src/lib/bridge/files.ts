// Attached files: their bytes go by a way of their own, which is the same in both faces.
import { Fault, faultOf } from './fault';
import type { ImportView } from './types';

/** Attaching is a file on its way into an incident's log. */
export interface Attaching {
	incident: string;
	id: string; // of its record, so that sending twice does it once
	name: string;
	text: string; // what it shows
	as: string; // who speaks; empty = the commander at this window
}

/** address is where a record's file is had: shown, read as text, or to be saved. */
export const address = (incident: string, record: string, as: '' | 'text' | 'file' = ''): string => `/files/${incident}/${record}${as === '' ? '' : `?as=${as}`}`;

async function ask(url: string, init?: RequestInit): Promise<Response> {
	try {
		return await fetch(url, init);
	} catch {
		throw new Fault('unreachable', 'Quarterdeck does not answer', 'Is it still running? Try again when it is back.');
	}
}

async function post(url: string, bytes: Blob): Promise<unknown> {
	let body: ArrayBuffer;
	try {
		body = await bytes.arrayBuffer(); // a Blob as the body ends the page's process in the window
	} catch {
		throw new Fault('unreachable', 'The file could not be read', 'Is it still there? A folder cannot be taken, only files.');
	}
	const response = await ask(url, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body });
	let answer: { result?: unknown; error?: string };
	try {
		answer = (await response.json()) as { result?: unknown; error?: string };
	} catch {
		throw new Fault('internal', `Quarterdeck answered ${response.status} without a word`);
	}
	if (answer.error) throw faultOf(answer.error);
	return answer.result;
}

/** attach sends the bytes of a file; rejected with a Fault. */
export async function attach(a: Attaching, bytes: Blob): Promise<void> {
	const { incident, ...rest } = a;
	await post(`/files/${incident}?${new URLSearchParams(rest).toString()}`, bytes);
}

/** Importing says how a file is to be read, and where it goes. */
export interface Importing {
	incident: string; // into which; empty = a new one
	title: string;
	name: string;
	format: string;
	channel: string;
	columns: Record<string, string>;
	people: Record<string, string>;
	days: string;
	zone: string;
	day: string;
	dry: boolean; // only say what would come
}

/** bring sends the bytes of a file that is to be imported; rejected with a Fault. */
export const bring = async (how: Importing, bytes: Blob): Promise<ImportView> => (await post(`/imports?${new URLSearchParams({ q: JSON.stringify(how) }).toString()}`, bytes)) as ImportView;

/** read is the beginning of a file that is a text. */
export async function read(incident: string, record: string): Promise<string> {
	const response = await ask(address(incident, record, 'text'));
	const text = await response.text();
	if (!response.ok) throw new Fault('refused', text.trim());
	return text;
}
