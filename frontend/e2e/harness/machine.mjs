// The built programs, each test's in a folder of its own.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { patience } from './until.mjs';

const bin = resolve(process.env.QUARTERDECK_BIN ?? join(import.meta.dirname, '../../../build/bin'));
const run = promisify(execFile);

/** program is the path of one that make has built. */
export const program = (name) => join(bin, name);

/** Machine is a home with a data folder: no desktop, no bus, no display. */
export class Machine {
	/** With light, the folder is kept in memory where that can be done: for thousands of records that need no disk. */
	constructor(light = false) {
		const memory = '/dev/shm';
		this.home = mkdtempSync(join(light && existsSync(memory) ? memory : tmpdir(), 'quarterdeck-e2e-'));
		this.data = join(this.home, 'data');
		this.socket = join(this.home, 'clock');
		this.clocked = false; // programs whose clock can be moved
		this.ahead = 0; // ms that it was moved on
		this.env = { PATH: process.env.PATH, HOME: this.home, XDG_RUNTIME_DIR: this.home, LANG: 'C.UTF-8', TZ: 'UTC', QUARTERDECK_CLOCK: this.socket };
	}

	/** qd runs the terminal face and answers with its document. */
	async qd(...args) {
		const { stdout } = await run(program(this.clocked ? 'qd-testclock' : 'qd'), [...args, '--json', '--data', this.data], { env: this.env, maxBuffer: 64 << 20 }).catch((error) => {
			throw Object.assign(new Error(`qd ${args.join(' ')}: ${error.stderr.slice(0, 500)}`), { stderr: error.stderr });
		});
		return stdout.trim() === '' ? null : JSON.parse(stdout);
	}

	/** refused runs the terminal face, which must refuse, and answers with the fault. */
	async refused(...args) {
		const done = await this.qd(...args).catch((error) => error);
		if (!(done instanceof Error)) throw new Error(`qd ${args.join(' ')} was not refused`);
		return JSON.parse(done.stderr);
	}

	/** play writes a story into the folder. */
	async play(story, ...more) {
		await run(program('play'), ['--data', this.data, '--story', story, ...more], { env: this.env });
	}

	/** face starts the browser face. */
	face(port = 0) {
		return Face.start(this, program(this.clocked ? 'quarterdeck-testclock' : 'quarterdeck'), port);
	}

	/** now is the time for the programs, in ms UTC. */
	now() {
		return Date.now() + this.ahead;
	}

	/** advance lets time pass for the running face, and for one that is started later. */
	async advance(ms) {
		await this.move(`advance ${ms}ms`);
		this.ahead += ms;
		this.env.QUARTERDECK_AHEAD = `${this.ahead}ms`;
	}

	/** move moves the clock of the running face: "advance 28m", "suspend 20m", "step -1h". */
	move(order) {
		return new Promise((done, fail) => {
			const line = connect(this.socket, () => line.write(`${order}\n`));
			line.on('error', fail);
			line.on('data', (said) => {
				line.end();
				if (String(said).trim() === 'ok') done();
				else fail(new Error(`the clock answers ${said} to ${order}`));
			});
		});
	}

	remove() {
		rmSync(this.home, { recursive: true, force: true });
	}
}

/** Face is a running `quarterdeck --browser`. */
export class Face {
	/** start waits for the link that the face prints. */
	static start(machine, path, port) {
		const child = spawn(path, ['--browser', '--port', String(port), '--data', machine.data], { env: machine.env, stdio: ['ignore', 'pipe', 'pipe'] });
		const face = new Face(child);
		return new Promise((done, fail) => {
			const late = setTimeout(() => fail(new Error(`no link: ${face.said}`)), patience);
			child.once('exit', (code) => fail(new Error(`the face ended with ${code}: ${face.said}`)));
			for (const stream of [child.stdout, child.stderr])
				createInterface(stream).on('line', (line) => {
					face.said += `${line}\n`;
					const link = /http:\/\/127\.0\.0\.1:(\d+)\/\?key=\S+/.exec(line);
					if (!link) return;
					clearTimeout(late);
					face.link = link[0];
					face.port = Number(link[1]);
					face.origin = `http://127.0.0.1:${link[1]}`;
					done(face);
				});
		});
	}

	constructor(child) {
		this.child = child;
		this.said = '';
		this.over = new Promise((done) => child.once('exit', done));
	}

	/** kill ends it without a word; nothing that was acknowledged may be lost by it. */
	kill() {
		this.child.kill('SIGKILL');
		return this.over;
	}

	/** stop ends it as Ctrl+C does. */
	stop() {
		this.child.kill('SIGTERM');
		return this.over;
	}
}
