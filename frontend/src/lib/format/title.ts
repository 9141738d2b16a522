import type { LiveView } from '$lib/bridge';
import type { CellWords } from './cell';
import { level, symbol } from './words';

/** title is what the window is called: the worst alarm first, else the incident. */
export function title(live: LiveView | null, words: (i: number) => CellWords): string {
	if (!live) return 'Quarterdeck';
	let worst = -1;
	live.cells.forEach((c, i) => {
		if (level(c.look) >= 2 && (worst < 0 || level(c.look) > level(live.cells[worst]?.look ?? ''))) worst = i;
	});
	const name = live.security ? live.ref : `${live.ref} ${live.title}`; // a task bar can be seen by others
	if (worst < 0) return `${name} – Quarterdeck`;
	const w = words(worst);
	return `${symbol(live.cells[worst]?.look ?? '')} ${w.name} ${w.value} – ${live.ref}`;
}
