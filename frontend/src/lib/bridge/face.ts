import type { Notify } from './types';

/** A face is a way to the backend. Calls fail with whatever the backend said; faultOf reads it. */
export interface Face {
	/** The window can save where the user points, and be quit; a browser downloads and is closed. */
	readonly window: boolean;
	invoke(method: string, args: unknown[]): Promise<unknown>;
	/** listen hears every push; link is told when the way to the backend breaks and when it is back. */
	listen(push: (n: Notify) => void, link: (up: boolean) => void): void;
	/** save writes a document, text or bytes in base64, and answers where; empty when the user thought better of it. */
	save(name: string, type: string, text: string, base64?: boolean): Promise<string>;
	/** saveFile saves the file of a record, and answers like save. */
	saveFile(incident: string, record: string, name: string): Promise<string>;
	copy(text: string): Promise<void>;
	/** open hands an address of the web or of a mail over to the desktop; every other kind is refused. */
	open(address: string): Promise<void>;
	/** call gives the window, or the browser's tab, its title. */
	call(title: string): void;
	/** quitting names what will not ring once the app is gone. */
	quitting(): Promise<string[]>;
	quit(): Promise<void>;
	/** atLogIn tells whether the app starts when its user logs in: on, off, or nothing where it cannot say. */
	atLogIn(): Promise<string>;
	setAtLogIn(yes: boolean): Promise<void>;
	/** fill makes the window fill the screen, or gives it its size back. */
	fill(): Promise<void>;
}
