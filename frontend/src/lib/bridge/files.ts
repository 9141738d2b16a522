// Attached files: their bytes go by a way of their own, which is the same in both faces.
import { Fault, faultOf } from './fault';

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

/** attach sends the bytes of a file; rejected with a Fault. */
export async function attach(a: Attaching, bytes: Blob): Promise<void> {
	const { incident, ...rest } = a;
	const response = await ask(`/files/${incident}?${new URLSearchParams(rest).toString()}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes });
	let answer: { error?: string };
	try {
		answer = (await response.json()) as { error?: string };
	} catch {
		throw new Fault('internal', `Quarterdeck answered ${response.status} without a word`);
	}
	if (answer.error) throw faultOf(answer.error);
}

/** read is the beginning of a file that is a text. */
export async function read(incident: string, record: string): Promise<string> {
	const response = await ask(address(incident, record, 'text'));
	const text = await response.text();
	if (!response.ok) throw new Fault('refused', text.trim());
	return text;
}
