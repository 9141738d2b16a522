export type Code = 'invalid' | 'conflict' | 'not_found' | 'unreachable' | 'refused' | 'internal';

const codes: readonly string[] = ['invalid', 'conflict', 'not_found', 'unreachable', 'refused', 'internal'];

/** A failure as the backend words it: what happened, what to do about it, and which input was at fault. */
export class Fault extends Error {
	readonly code: Code;
	readonly hint: string;
	readonly field: string;

	constructor(code: Code, message: string, hint = '', field = '') {
		super(message);
		this.code = code;
		this.hint = hint;
		this.field = field;
	}
}

const text = (v: unknown): string => (typeof v === 'string' ? v : '');

/** faultOf makes a Fault of whatever a call was rejected with; it never throws. */
export function faultOf(reason: unknown): Fault {
	if (reason instanceof Fault) return reason;
	const said = reason instanceof Error ? reason.message : reason; // the window's runtime makes an Error of the backend's text
	let found = said;
	if (typeof said === 'string') {
		try {
			found = JSON.parse(said);
		} catch {
			return new Fault('internal', said);
		}
	}
	if (typeof found === 'object' && found !== null && 'message' in found) {
		const f = found as Record<string, unknown>;
		const code = codes.includes(text(f.code)) ? (f.code as Code) : 'internal';
		return new Fault(code, text(f.message) || 'something broke here', text(f.hint), text(f.field));
	}
	return new Fault('internal', 'something broke here', String(reason));
}

/** openable answers with an address that may be handed to the desktop: one of the web, or a mail. */
export function openable(address: string): string {
	if (!/^(https?:\/\/[^/\s]|mailto:)/i.test(address)) throw new Fault('refused', 'That is no address of the web or of a mail', 'Copy it and look at it first.');
	return address;
}
