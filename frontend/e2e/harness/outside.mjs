// The world outside for one test: a Slack and a status page on this machine, which can be told to fail.
import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Outside answers as the two services do. What it was given it keeps. */
export class Outside {
	constructor() {
		this.slack = 'ok'; // hole: it takes everything and never answers; 503: it is down
		this.page = 'ok'; // 503: it stores nothing
		this.messages = []; // of Slack: { channel, text, blocks, metadata, ts }
		this.incidents = []; // of the page: { id, name, status, body, updates }
		this.channels = []; // opened in Slack
		this.refuses = []; // methods that the token may not use
		this.calls = [];
		this.server = createServer((req, res) => this.#take(req, res));
	}

	async start() {
		await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
		this.url = `http://127.0.0.1:${this.server.address().port}`;
		return this;
	}

	stop() {
		this.server.closeAllConnections();
		return new Promise((done) => this.server.close(done));
	}

	/** routes writes routes.yaml into a data folder: support and responders by Slack, customers by the page. */
	routes(machine, also = '') {
		mkdirSync(machine.data, { recursive: true, mode: 0o700 });
		const chat = (channel) => `{medium: slack, channel: "${channel}", api_url: "${this.url}/api/", secret: chat}`;
		writeFileSync(
			join(machine.data, 'routes.yaml'),
			`routes:\n  support-chat: ${chat('C0SUPPORT1')}\n  war-room: ${chat('C0ROOM0001').replace('}', `${also}}`)}\n  page: {medium: statuspage, page: ours, api_url: "${this.url}", secret: page}\naudiences:\n  support: [support-chat, war-room]\n  responders: [war-room]\n  customers: [page]\n`,
			{ mode: 0o600 },
		);
		Object.assign(machine.env, { QUARTERDECK_SECRET_CHAT: 'xoxb-of-a-test', QUARTERDECK_SECRET_PAGE: 'key-of-a-test' });
	}

	/** said is everything that a channel or the page shows, as one text. */
	said(channel) {
		return JSON.stringify(channel === 'page' ? this.incidents : this.messages.filter((m) => m.channel === channel));
	}

	async #take(req, res) {
		let body = '';
		for await (const part of req) body += part;
		const url = new URL(req.url, this.url);
		const method = /^\/api\/(.+)$/.exec(url.pathname)?.[1];
		this.calls.push(method ?? `${req.method} ${url.pathname}`);
		const answer = (doc, code = 200) => res.writeHead(code, { 'Content-Type': 'application/json' }).end(JSON.stringify(doc));
		if (method === undefined) return this.#paged(req, url, body, answer);
		if (this.slack === 'hole') return undefined;
		if (this.slack === '503') return answer({ ok: false, error: 'service_unavailable' }, 503);
		const given = req.headers['content-type']?.includes('json') ? JSON.parse(body || '{}') : Object.fromEntries(new URLSearchParams(body || url.search));
		return answer(this.#slacked(method, given));
	}

	#slacked(method, given) {
		const parsed = (v) => (typeof v === 'string' && v !== '' ? JSON.parse(v) : v);
		switch (method) {
			case 'auth.test':
				return { ok: true, url: `${this.url}/`, team: 'Ours', team_id: 'T0OURS', user: 'quarterdeck', user_id: 'U0BOT', bot_id: 'B0BOT' };
			case 'chat.postMessage': {
				const ts = `${Math.floor(Date.now() / 1000)}.${String(this.messages.length + 1).padStart(6, '0')}`;
				this.messages.push({ type: 'message', channel: given.channel, text: given.text, blocks: parsed(given.blocks), metadata: parsed(given.metadata), ts, bot_id: 'B0BOT', user: 'U0BOT' });
				return { ok: true, channel: given.channel, ts, message: this.messages.at(-1) };
			}
			case 'conversations.history':
				return { ok: true, messages: this.messages.filter((m) => m.channel === given.channel).reverse(), has_more: false };
			case 'conversations.create':
				if (this.refuses.includes(method)) return { ok: false, error: 'some_new_thing' };
				this.channels.push({ id: `C0MADE${this.channels.length + 1}`, name: given.name, is_channel: true, is_private: given.is_private === 'true', creator: 'U0BOT', topic: { value: '' }, purpose: { value: '' } });
				return { ok: true, channel: this.channels.at(-1) };
			case 'conversations.archive':
				Object.assign(this.channels.find((c) => c.id === given.channel), { is_archived: true });
				return { ok: true };
			case 'bookmarks.list':
				return { ok: true, bookmarks: [] };
			case 'pins.add':
				return this.refuses.includes(method) ? { ok: false, error: 'missing_scope', needed: 'pins:write', provided: 'chat:write' } : { ok: true };
			case 'conversations.info':
				return { ok: true, channel: { id: given.channel, name: 'support', is_channel: true, is_member: true } };
		}
		return { ok: true };
	}

	#paged(req, url, body, answer) {
		if (this.page === '503') return answer({ error: 'down for maintenance' }, 503);
		if (req.method === 'GET') return answer(this.incidents);
		const given = JSON.parse(body || '{}').incident ?? {};
		if (req.method === 'POST') {
			const made = { id: `i${this.incidents.length + 1}`, shortlink: `${this.url}/i`, metadata: {}, incident_updates: [], ...given };
			made.incident_updates.unshift({ id: 'u1', body: given.body, status: given.status });
			this.incidents.push(made);
			return answer(made, 201);
		}
		const known = this.incidents.find((i) => url.pathname.includes(`/${i.id}`));
		if (!known) return answer({ error: 'not found' }, 404);
		Object.assign(known, given);
		if (given.body) known.incident_updates.unshift({ id: `u${known.incident_updates.length + 1}`, body: given.body, status: given.status });
		return answer(known);
	}
}

/** outside starts one for a test. */
export async function outside(t) {
	const o = await new Outside().start();
	t.after(() => o.stop());
	return o;
}
