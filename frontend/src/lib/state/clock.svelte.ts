const steady = 250; // ms; a smaller difference is the way here, not the clock

/** Clock is the backend's wall clock, told once a second. It is the only interval in the page. */
class Clock {
	now = $state(Date.now());
	#offset = 0;

	/** follow sets the clock by what the backend says the time is. */
	follow(backend: number): void {
		const offset = backend - Date.now();
		if (Math.abs(offset - this.#offset) > steady) this.#offset = offset;
		this.tick();
	}

	tick(): void {
		this.now = Date.now() + this.#offset;
	}

	/** start ticks just after each second, and at once when the page comes back into view. */
	start(): void {
		document.addEventListener('visibilitychange', () => this.tick());
		setTimeout(() => {
			this.tick();
			setInterval(() => this.tick(), 1000); // eslint-disable-line no-restricted-globals -- this is the one
		}, 1010 - (Date.now() % 1000));
	}
}

export const clock = new Clock();
