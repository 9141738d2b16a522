/** walk moves the focus from one pane to the next, or back; the log line is one of them. */
export function walk(step: 1 | -1): void {
	const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((p) => p.checkVisibility());
	if (panes.length === 0) return;
	const here = panes.findIndex((p) => p.contains(document.activeElement));
	const to = panes[(here + step + panes.length) % panes.length];
	(to?.querySelector<HTMLElement>('[data-first]') ?? to?.querySelector<HTMLElement>('button, textarea, [tabindex]') ?? to)?.focus();
}

/** page scrolls the timeline by most of its height without moving the focus. */
export function page(step: 1 | -1): void {
	const log = document.getElementById('timeline');
	log?.scrollBy({ top: step * (log.clientHeight - 40) });
}
