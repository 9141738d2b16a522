/** count is a number with its noun: "1 entry", "2 entries". */
export function count(n: number, one: string, many = `${one}s`): string {
	return `${n} ${n === 1 ? one : many}`;
}

/** sentences puts what happened and what to do about it in one text. */
export function sentences(...parts: readonly string[]): string {
	const whole = parts.map((p) => p.trim()).filter((p) => p !== '');
	return whole.map((p) => p.charAt(0).toUpperCase() + p.slice(1) + (/[.!?…”"]$/.test(p) ? '' : '.')).join(' ');
}

/** size is the length of a text on disk, in words. */
export function size(bytes: number): string {
	if (bytes < 1024) return count(bytes, 'byte');
	return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** short cuts a text to one line of at most so many characters. */
export function short(text: string, most = 60): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const letters = [...line];
	return letters.length <= most ? line : `${letters.slice(0, most - 1).join('').trimEnd()}…`;
}

/** bytes is how many bytes a text takes as UTF-8, counted no further than a limit. */
export function bytes(text: string, limit: number): number {
	if (text.length > limit) return text.length;
	return new TextEncoder().encode(text).length;
}

/**
 * retimed carries a changed time into a text that was edited by hand: what differs between the two drafts is
 * replaced where it still stands. It answers null when the old words are gone.
 */
export function retimed(edited: string, old: string, fresh: string): string | null {
	if (old === fresh) return edited;
	if (edited === old) return fresh;
	let head = 0;
	while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
	let tail = 0;
	while (tail < old.length - head && tail < fresh.length - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
	while (head > 0 && /\S/.test(old[head - 1] ?? '')) head--;
	while (tail > 0 && /\S/.test(old[old.length - tail] ?? '')) tail--;
	const was = old.slice(head, old.length - tail);
	const at = was === '' ? -1 : edited.lastIndexOf(was);
	return at < 0 ? null : edited.slice(0, at) + fresh.slice(head, fresh.length - tail) + edited.slice(at + was.length);
}
