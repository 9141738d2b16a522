// Reads a written incident: moments, and who does what at each.

/** length reads "1h30m" as milliseconds. */
export function length(text) {
	let ms = 0;
	for (const [, n, unit] of text.matchAll(/(\d+)([hm])/g)) ms += Number(n) * (unit === 'h' ? 3_600_000 : 60_000);
	return ms;
}

/** offset reads "T-0:12" as milliseconds from the start. */
export function offset(text) {
	const [, sign, h, m] = /^T([+-])(\d+):(\d\d)$/.exec(text);
	return (sign === '-' ? -1 : 1) * (Number(h) * 60 + Number(m)) * 60_000;
}

/** read answers with the acts in their order: when, who, the verb and the rest; a past one was noted later. */
export function read(text) {
	const lines = [];
	for (const line of text.split('\n')) {
		if (line.startsWith('#') || line.trim() === '') continue;
		if (line.startsWith(' ')) lines[lines.length - 1] += ` ${line.trim()}`;
		else lines.push(line);
	}
	const acts = [];
	let [at, past, who] = [0, false, ''];
	for (const line of lines) {
		const [word, ...others] = line.split(' ');
		const rest = others.join(' ').trim();
		if (['story', 'about', 'zone', 'start', 'people', 'halfway'].includes(word)) continue;
		if (/^T\+/.test(word)) [at, past] = [offset(word), false];
		else if (word === 'earlier') [at, past] = [offset(rest), true];
		else if (word === 'as') who = rest;
		else if ('!@?+'.includes(line[0])) acts.push({ at, past, who, verb: 'typed', rest: line[0] + line.slice(1).trim() });
		else acts.push({ at, past, who, verb: word, rest });
	}
	return acts;
}

/** colon parts "words: text". */
export function colon(text) {
	const at = text.indexOf(':');
	return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
