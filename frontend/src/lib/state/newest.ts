/**
 * newest lets the answer to the latest question through, and drops those that it has overtaken: what is shown, or written
 * into a field, is never older than what was asked for last.
 */
export function newest(): <T>(asked: Promise<T>, take: (answer: T) => void) => Promise<void> {
	let turn = 0;
	return async (asked, take) => {
		const mine = ++turn;
		const answer = await asked;
		if (mine === turn) take(answer);
	};
}
