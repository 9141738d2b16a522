// The one hand of these tests: a keyboard that counts.

/** Keys presses keys on a page. A chord counts as one; typed text is counted on its own. */
export class Keys {
	constructor(page) {
		this.page = page;
		this.pressed = 0;
		this.typed = 0;
	}

	/** press presses chords such as "Control+u", one after the other. */
	async press(...chords) {
		for (const chord of chords) {
			await this.page.keyboard.press(chord);
			this.pressed++;
		}
	}

	/** type types text; a new line in it is Enter and counts as a key. */
	async type(text) {
		await this.page.keyboard.type(text);
		this.typed += [...text].length;
	}

	/** note types a line and presses Enter. */
	async note(text) {
		await this.type(text);
		await this.press('Enter');
	}

	/** since answers how many chords were pressed from now on, when it is called. */
	since() {
		const from = this.pressed;
		return () => this.pressed - from;
	}
}
