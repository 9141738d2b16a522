/**
 * newest lets the answer to the latest question through, and drops those that it has overtaken: what is shown, or written
 * into a field, is never older than what was asked for last. Whoever waits for one that was overtaken waits for the latest.
 */
export function newest(): <T>(asked: Promise<T>, take: (answer: T) => void) => Promise<void> {
	let last: Promise<void> = Promise.resolve();
	return (asked, take) => {
		const mine: Promise<void> = asked.then((answer) => (mine === last ? take(answer) : last));
		return (last = mine);
	};
}
