const wide = 1200; // px at the usual size of text
const narrow = 900;
const large = 160; // per cent: text of that size stands in one column
const short = 760;

/** Screen is how much room there is for text of the chosen size: three columns, two with a strip, or one. */
class Screen {
	#width = $state(wide);
	#height = $state(short);
	#scale = $state(100); // per cent

	size = $derived.by((): 'wide' | 'middle' | 'narrow' => {
		const room = (this.#width * 100) / this.#scale;
		return room < narrow || this.#scale >= large ? 'narrow' : room < wide ? 'middle' : 'wide';
	});
	/** short: sheets begin higher, to have room. */
	short = $derived((this.#height * 100) / this.#scale <= short);

	start(): void {
		const look = () => {
			this.#width = innerWidth;
			this.#height = innerHeight;
		};
		addEventListener('resize', look);
		look();
	}

	/** px is a length at the usual size of text, as it is now. */
	px(usual: number): number {
		return (usual * this.#scale) / 100;
	}

	/** scale says how large text is, in per cent of the usual. */
	scale(percent: number): void {
		this.#scale = percent;
	}
}

export const screen = new Screen();
