import type { Face } from './face';
import { Fault, openable } from './fault';
import { address } from './files';
import type { Notify } from './types';

const retryAfter = 2000; // ms

const gone = () => new Fault('unreachable', 'Quarterdeck does not answer', 'Is it still running? This page goes on by itself when it is back.');
const locked = () => new Fault('refused', 'This page is not let in any more', 'Open the link that Quarterdeck prints when it starts.');

interface Answer {
	result?: unknown;
	error?: string;
}

async function invoke(method: string, args: unknown[]): Promise<unknown> {
	let response: Response;
	try {
		response = await fetch(`/api/${method}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(args) });
	} catch {
		throw gone();
	}
	if (response.status === 401 || response.status === 403) throw locked();
	let answer: Answer;
	try {
		answer = (await response.json()) as Answer;
	} catch {
		throw new Fault('internal', `Quarterdeck answered ${response.status} without a word`);
	}
	if (answer.error) throw answer.error; // as it came; faultOf reads it
	return answer.result;
}

function listen(push: (n: Notify) => void, link: (up: boolean) => void): void {
	const events = new EventSource('/api/events');
	events.onopen = () => link(true);
	events.onmessage = (e: MessageEvent<string>) => push(JSON.parse(e.data) as Notify);
	events.onerror = () => {
		link(false);
		if (events.readyState !== EventSource.CLOSED) return; // it tries again by itself
		events.close();
		setTimeout(() => listen(push, link), retryAfter);
	};
}

function save(name: string, type: string, text: string, base64 = false): Promise<string> {
	const data = base64 ? Uint8Array.from(atob(text), (c) => c.charCodeAt(0)) : text;
	const url = URL.createObjectURL(new Blob([data], { type }));
	const a = document.createElement('a');
	a.href = url;
	a.download = name;
	a.click();
	setTimeout(() => URL.revokeObjectURL(url), retryAfter);
	return Promise.resolve(name);
}

function saveFile(incident: string, record: string, name: string): Promise<string> {
	const a = document.createElement('a');
	a.href = address(incident, record, 'file');
	a.download = name;
	a.click();
	return Promise.resolve(name);
}

function follow(address: string): void {
	const a = document.createElement('a');
	a.href = address;
	a.rel = 'noopener noreferrer';
	if (!address.startsWith('mailto:')) a.target = '_blank';
	a.click();
}

async function open(address: string): Promise<void> {
	return follow(openable(address)); // async, so that a refusal is a rejection
}

async function copy(text: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		throw new Fault('refused', 'The browser does not let this page copy', 'Select the text and copy it yourself.');
	}
}

const call = (title: string) => void (document.title = title);

/** browser is the way over HTTP and server-sent events. */
export const browser: Face = { window: false, invoke, listen, save, saveFile, copy, open, call, quitting: () => Promise.resolve([]), quit: () => Promise.resolve(), atLogIn: () => Promise.resolve(''), setAtLogIn: () => Promise.resolve(), fill: () => Promise.resolve() };
