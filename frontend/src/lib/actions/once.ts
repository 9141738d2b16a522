/**
 * once is an act that is not begun again while it is under way: who presses a key twice, or holds it, has given one order.
 * A press that comes too early does nothing.
 */
export function once<A extends unknown[]>(act: (...args: A) => Promise<unknown>): (...args: A) => Promise<void> {
	let busy = false;
	return async (...args) => {
		if (busy) return;
		busy = true;
		try {
			await act(...args);
		} finally {
			busy = false;
		}
	};
}
