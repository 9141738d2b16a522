/** A field of a form in place. */
export interface Blank {
	label: string;
	field: string; // as a fault names it
	value?: string;
	placeholder?: string;
	hint?: string;
	list?: string;
	options?: readonly { id: string; name: string }[];
}
