import type { Face } from './face';
import { Fault, openable } from './fault';
import type { Notify } from './types';

type Bound = Record<string, (...args: unknown[]) => Promise<unknown>>;

declare global {
	interface Window {
		go?: { app?: { API?: Bound }; desktop?: { Shell?: Bound } };
		runtime?: { EventsOn(name: string, heard: (n: Notify) => void): void; ClipboardSetText(text: string): Promise<boolean>; BrowserOpenURL(address: string): void; WindowSetTitle(title: string): void; WindowIsFullscreen(): Promise<boolean>; WindowFullscreen(): void; WindowUnfullscreen(): void };
	}
}

function bound(of: Bound | undefined, method: string, args: unknown[]): Promise<unknown> {
	const call = of?.[method];
	return call ? call(...args) : Promise.reject(new Fault('internal', `this build does not know ${method}`));
}

const shell = (method: string, ...args: unknown[]) => bound(window.go?.desktop?.Shell, method, args);

async function copy(text: string): Promise<void> {
	if (!(await window.runtime?.ClipboardSetText(text))) throw new Fault('refused', 'The desktop does not take the text', 'Select it and copy it yourself.');
}

/** wails is the way of the desktop window: the backend is in the same process, so the link never breaks. */
export const wails: Face = {
	window: true,
	invoke: (method, args) => bound(window.go?.app?.API, method, args),
	listen: (push, link) => {
		window.runtime?.EventsOn('cockpit', push);
		link(true);
	},
	save: async (name, _type, text, base64 = false) => String(await shell(base64 ? 'SaveBytes' : 'Save', name, text)),
	saveFile: async (incident, record) => String(await shell('SaveFile', incident, record)),
	copy,
	open: async (address) => window.runtime?.BrowserOpenURL(openable(address)),
	// The webview does not hand the page's title on to the window.
	call: (title) => {
		document.title = title;
		window.runtime?.WindowSetTitle(title);
	},
	quitting: async () => ((await shell('Quitting')) ?? []) as string[],
	quit: async () => void (await shell('Quit')),
	atLogIn: async () => String(await shell('AtLogIn')),
	setAtLogIn: async (yes) => void (await shell('SetAtLogIn', yes)),
	fill: async () => ((await window.runtime?.WindowIsFullscreen()) ? window.runtime?.WindowUnfullscreen() : window.runtime?.WindowFullscreen()),
};
