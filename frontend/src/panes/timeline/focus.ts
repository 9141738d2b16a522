const frames = 60; // that a row may take to be drawn

/**
 * focusRow gives a row the focus once it is drawn, while it is still the one that is wanted. Until then the timeline has it:
 * a row that is no longer drawn takes the focus away with it, and the keys would go nowhere.
 */
export async function focusRow(box: HTMLElement, id: string, wanted: () => boolean): Promise<void> {
	const row = () => box.querySelector<HTMLElement>(`[data-row="${id}"]`);
	if (!row()) box.focus({ preventScroll: true });
	for (let i = 0; i < frames && wanted(); i++) {
		await new Promise(requestAnimationFrame);
		const drawn = row();
		if (drawn) return drawn.focus({ preventScroll: true });
	}
}
