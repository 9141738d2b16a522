/** Screen is how much room there is: three columns, two with a strip, or one. */
class Screen {
	size = $state<'wide' | 'middle' | 'narrow'>('wide');

	start(): void {
		const wide = matchMedia('(min-width: 1200px)');
		const narrow = matchMedia('(max-width: 899px)');
		const look = () => {
			this.size = narrow.matches ? 'narrow' : wide.matches ? 'wide' : 'middle';
		};
		wide.addEventListener('change', look);
		narrow.addEventListener('change', look);
		look();
	}
}

export const screen = new Screen();
