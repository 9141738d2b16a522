// A whole incident, lived through the page and the shell, on a machine that has no network at all.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { acts } from './harness/commander.mjs';
import { sit } from './harness/desk.mjs';
import { colon, length, offset, read } from './harness/script.mjs';
import { until } from './harness/until.mjs';

const alone = process.env.QUARTERDECK_ALONE === '1';
const script = new URL('../../internal/story/stories/well-managed.story', import.meta.url);
const lo = 'ip link set lo up 2>/dev/null || ifconfig lo up';
const allowed = spawnSync('unshare', ['-rn', 'sh', '-c', lo]).status === 0;

/** others do in a shell what the script says they did. */
const shell = {
	note: (d, who, rest, at) => d.qd('note', rest, '--incident', 'INC-1', '--as', who, ...at),
	typed: (d, who, rest) => d.qd('log', '--incident', 'INC-1', '--as', who, rest),
	async ended(d, who, rest, how) {
		const [words, result] = colon(rest);
		const action = (await d.show()).actions.find((a) => a.text.includes(words));
		await d.qd('action', action.id, how, '--as', who, '--result', result);
	},
	done: (d, who, rest) => shell.ended(d, who, rest, 'done'),
	drop: (d, who, rest) => shell.ended(d, who, rest, 'drop'),
	judged: (d, who, rest) => d.qd('cleanup', 'impact', 'INC-1', colon(rest)[0], '--how', colon(rest)[1], '--as', who),
	back: (d, who, rest) => d.qd('cleanup', 'back', 'INC-1', rest, '--as', who),
};

/** looks compares an expectation with what the page and the shell show; it answers whether it could. */
async function looks(d, rest) {
	const words = rest.split(' ');
	const inc = await d.show();
	const facts = { phase: inc.phase, severity: inc.severity, commander: inc.commander, term: String(inc.term), followups: String(inc.follow_ups) };
	if (words[0] in facts) return assert.equal(facts[words[0]], words.slice(1).join(' '), rest);
	if (words[0] === 'cleanup') return assert.equal(String((await d.qd('cleanup', 'show', 'INC-1')).open), words[1], rest);
	const cell = d.page.getByRole('navigation', { name: 'Annunciators' }).getByRole('button');
	const row = (pane, text) => d.page.getByRole('region', { name: pane }).getByRole('button').filter({ hasText: text });
	const isNow = (found, look) => until(rest, async () => (look === 'nominal' ? (await found.and(d.page.locator('.caution, .warning')).count()) === 0 : (await found.and(d.page.locator(`.${look}`)).count()) === 1));
	switch (words[0]) {
		case 'promise': {
			if (words[2] !== 'in') return isNow(cell.filter({ hasText: new RegExp(words[1], 'i') }), words[2]);
			const due = Date.parse(inc.promises.find((p) => p.audience === words[1]).due);
			const away = due - d.machine.now() - length(words[3]);
			return assert.ok(Math.abs(away) < 3 * 60_000, `${rest}: ${Math.round(away / 1000)} s off`);
		}
		case 'action':
			return isNow(row('Actions', words[1]), words[2]);
		case 'duty':
			return isNow(row('Roles', 'Commander'), words[1]);
		case 'next': {
			const said = { 'promise-soon': /^Update \w+ – promised/, nothing: /^Closed/ }[words[1]];
			const item = inc.checklist.find((i) => i.id === words[2])?.text;
			const next = d.page.getByRole('navigation', { name: 'Next' }).getByRole('status');
			return until(rest, async () => (said ? said.test(await next.innerText()) : (await next.innerText()) === item));
		}
	}
	return assert.fail(`nobody knows how to look for: ${rest}`);
}

async function live(t) {
	const d = await sit(t, { name: 'commander', clock: true });
	d.expected.push(/Failed to load resource|ERR_/);
	const all = read(readFileSync(script, 'utf8'));
	const people = ['commander', 'next commander'];
	let [start, seat] = [0, 'commander'];
	const time = (ms) => new Date(start + ms).toISOString();
	for (const [i, act] of all.entries()) {
		const gap = act.past || start === 0 ? 0 : start + act.at - d.machine.now();
		if (gap > 0) await d.machine.advance(gap);
		if (people.includes(act.who) && act.who !== seat) {
			seat = act.who;
			await d.qd('config', 'set', 'name', seat);
			await d.page.getByRole('banner').getByText(`${seat} (you)`).waitFor();
		}
		if (act.verb === 'expect') await looks(d, act.rest);
		else if (act.verb === 'restart') {
			const before = await d.timeline();
			await d.face.kill();
			d.face = await d.machine.face(d.face.port);
			await d.enter(d.face.link);
			await d.page.getByRole('heading', { name: /^INC-1 / }).waitFor();
			assert.deepEqual(await d.timeline(), before);
		} else if (act.verb === 'milestone') {
			const [name, at] = act.rest.split(' ');
			await d.qd('milestone', name, time(offset(at)), '--as', act.who);
		} else if (act.verb === 'check' && act.rest.startsWith('handoff.')) {
			const [head, word] = colon(act.rest);
			await d.qd('check', ...head.split(' '), '--reason', word);
		} else if (act.verb === 'retro') {
			assert.equal((await d.show()).retrospective.owner, colon(act.rest)[0]);
		} else if (act.who !== seat) await shell[act.verb](d, act.who, act.rest, act.past ? ['--at', time(act.at)] : []);
		else {
			const retro = act.verb === 'phase' && all.slice(i).find((a) => a.verb === 'retro' && a.at === act.at);
			const [owner, when] = retro ? [colon(retro.rest)[0], retro.rest.split(' ').pop()] : [];
			await acts[act.verb](d, act.rest, retro && { owner, date: time(offset(when)).slice(0, 16).replace('T', ' ') });
			if (act.verb === 'declare') start = d.machine.now();
		}
	}

	const inc = await d.show();
	assert.equal(inc.phase, 'closed');
	assert.deepEqual(inc.promises, []);
	const rows = await d.timeline();
	const count = (kind) => rows.filter((r) => r.kind === kind).length;
	const written = (verb) => all.filter((a) => a.verb === verb).length;
	assert.equal(count('update.requested'), written('update'), 'every update');
	assert.equal(count('decision.made'), all.filter((a) => a.rest.startsWith('!')).length, 'every decision');
	assert.equal(count('action.opened'), all.filter((a) => a.rest.startsWith('@')).length, 'every action');
	for (const note of all.filter((a) => a.verb === 'note')) assert.equal(rows.filter((r) => r.text === note.rest && r.actor === note.who).length, 1, note.rest);
	assert.equal((await d.qd('verify')).ok, true);
	t.diagnostic(`${rows.length} records, ${d.keys.pressed} chords, ${d.keys.typed} characters`);
}

if (alone)
	test('the well-managed incident, from the first alert to closed', async (t) => {
		assert.deepEqual(Object.keys(networkInterfaces()), ['lo']);
		const reached = await new Promise((done) => connect(80, '192.0.2.1', () => done('somebody')).on('error', (e) => done(e.code)));
		assert.equal(reached, 'ENETUNREACH');
		await live(t);
	});
else
	test('with the cable pulled out: the well-managed incident, from the first alert to closed', { skip: !allowed && 'this machine lets nobody take a network away (unshare -rn)' }, async (t) => {
		const env = { ...process.env, QUARTERDECK_ALONE: '1' };
		delete env.NODE_TEST_CONTEXT; // with it, the runner would take itself for one that runs already
		const child = spawn('unshare', ['-rn', 'sh', '-c', `{ ${lo}; } && exec "$0" --test --test-reporter=spec "$1"`, process.execPath, import.meta.filename], {
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let said = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
		const code = await new Promise((done) => child.once('exit', done));
		assert.match(said, /ℹ pass 1\n/, said);
		for (const line of said.split('\n').filter((l) => /records,/.test(l))) t.diagnostic(line);
		assert.equal(code, 0, said);
	});
