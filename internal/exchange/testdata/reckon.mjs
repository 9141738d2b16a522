// Reckons the figures of many incidents anew, from nothing but the table of times on stdin. It shares no code with the
// program: lengths are floating point, quartiles are interpolated at (n - 1) q.
import { readFileSync } from 'node:fs';

function table(text) {
	const rows = [];
	let row = [], cell = '', quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted) {
			if (c === '"' && text[i + 1] === '"') cell += text[++i];
			else if (c === '"') quoted = false;
			else cell += c;
		} else if (c === '"') quoted = true;
		else if (c === ',') row.push(cell), (cell = '');
		else if (c === '\n') row.push(cell.replace(/\r$/, '')), rows.push(row), (row = []), (cell = '');
		else cell += c;
	}
	const [head, ...body] = rows;
	return body.map((r) => Object.fromEntries(head.map((name, i) => [name, r[i].replace(/^'(?=[=+\-@\t\r])/, '')])));
}

const time = (s) => (s === '' ? null : Date.parse(s));
const quantile = (sorted, q) => {
	const at = (sorted.length - 1) * q, low = Math.floor(at);
	return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
};
const spread = (list) => {
	const s = [...list].sort((a, b) => a - b);
	if (s.length === 0) return { n: 0 };
	return { n: s.length, median: quantile(s, 0.5), p25: quantile(s, 0.25), p75: quantile(s, 0.75), mean: s.reduce((a, b) => a + b) / s.length };
};

function between(rows) {
	const gaps = [];
	const services = new Set(rows.flatMap((r) => r.services.split('; ')));
	for (const service of services) {
		const mine = rows.filter((r) => r.services.split('; ').includes(service) && r.started !== '').sort((a, b) => time(a.started) - time(b.started));
		mine.forEach((r, i) => {
			const before = mine.slice(0, i);
			if (before.length === 0 || before.some((b) => b.resolved === '')) return;
			const gap = time(r.started) - Math.max(...before.map((b) => time(b.resolved)));
			if (gap >= 0) gaps.push(gap);
		});
	}
	return spread(gaps);
}

function figures(rows) {
	const lengths = (from, to) => spread(rows.filter((r) => r[from] !== '' && r[to] !== '').map((r) => time(r[to]) - time(r[from])).filter((ms) => ms >= 0));
	return {
		mttd: lengths('started', 'detected'), mtta: lengths('detected', 'acknowledged'), declare: lengths('detected', 'declared'),
		mitigate: lengths('started', 'mitigated'), mttr: lengths('acknowledged', 'resolved'), mtbf: between(rows),
	};
}

const rows = table(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({ live: figures(rows.filter((r) => r.kind === 'live')), backfills: figures(rows.filter((r) => r.kind === 'backfill')) }));
