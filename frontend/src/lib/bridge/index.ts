// The one way to the backend: the bound methods as typed calls, and one Fault for whatever goes wrong.
import { browser } from './browser';
import type { Face } from './face';
import { faultOf } from './fault';
import type { API } from './types';
import { wails } from './wails';

const face: Face = typeof window !== 'undefined' && window.go ? wails : browser;

async function invoke(method: string, args: unknown[]): Promise<unknown> {
	try {
		return await face.invoke(method, args);
	} catch (reason) {
		throw faultOf(reason);
	}
}

/** api holds every bound method; a call that fails is rejected with a Fault. */
export const api = new Proxy({} as API, {
	get: (_, method) => (...args: unknown[]) => invoke(String(method), args),
});

export const shell = {
	window: face.window,
	listen: face.listen,
	save: face.save,
	saveFile: face.saveFile,
	copy: face.copy,
	open: face.open,
	call: face.call,
	quitting: face.quitting,
	quit: face.quit,
	atLogIn: face.atLogIn,
	setAtLogIn: face.setAtLogIn,
	fill: face.fill,
};

export * as files from './files';
export { Fault, faultOf, type Code } from './fault';
export type * from './types';
