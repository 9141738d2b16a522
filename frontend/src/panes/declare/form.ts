import type { TemplateView } from '$lib/bridge';
import { drafts } from '$lib/state/drafts';

/** Form is what is typed into the declare sheet; lists are typed with commas. */
export interface Form {
	title: string;
	type: string;
	severity: string;
	started: string;
	impact: string;
	summary: string;
	source: string;
	reporter: string;
	thread: string;
	video: string;
	detected: string;
	environments: string;
	regions: string;
	services: string;
	invited: string;
	signs: string[];
	security: boolean;
	backfill: boolean;
	declared: string;
	template: string; // of the kit's, with which it began; empty = none
	channel: string; // the template of the channel's name; empty = the usual one
}

const place = 'declare';

const blank: Omit<Form, 'type'> = {
	title: '', severity: '', started: '', impact: '', summary: '', source: '', reporter: '', thread: '', video: '', detected: '',
	environments: '', regions: '', services: '', invited: '', signs: [], security: false, backfill: false, declared: '', template: '', channel: '',
};

/** begun is the draft that was kept; text that cannot be read is an empty form. */
export function begun(type: string): Form {
	const empty: Form = { ...blank, type };
	try {
		return { ...empty, ...(JSON.parse(drafts.get(place) || '{}') as Partial<Form>) };
	} catch {
		return empty;
	}
}

/** keep keeps the form as a draft while anything stands in it. */
export function keep(form: Form): void {
	const filled = Object.entries(form).some(([k, v]) => k !== 'type' && k !== 'severity' && k !== 'template' && k !== 'channel' && v !== '' && v !== false && !(Array.isArray(v) && v.length === 0));
	drafts.keep(place, filled ? JSON.stringify(form) : '');
}

export const forget = (): void => drafts.keep(place, '');

/** parts reads a list that was typed with commas. */
export const parts = (text: string): string[] => text.split(',').map((p) => p.trim()).filter((p) => p !== '');

/** further tells whether anything stands in the part that is folded away. */
export const further = (f: Form): boolean =>
	f.security || f.backfill || [f.summary, f.source, f.reporter, f.thread, f.video, f.detected, f.environments, f.regions, f.services, f.invited].some((t) => t !== '');

/** words are the fields of a form that a template may fill. */
const words = (t: TemplateView) => ({
	title: t.title === '' ? '' : `${t.title.trimEnd()} `, type: t.type, severity: t.severity, summary: t.summary, impact: t.impact, source: t.source, video: t.video,
	environments: t.environments.join(', '), regions: t.regions.join(', '), services: t.services.join(', '), invited: t.invited.join(', '),
});

/** filled is a form that begins with a template, null = with none: what somebody typed stays; what the template before gave goes. */
export function filled(form: Form, to: TemplateView | null, from: TemplateView | null, type: string): Form {
	const empty = { ...blank, type };
	const next = { ...form, template: to?.id ?? '' };
	const gives = to && words(to);
	const gave = from && words(from);
	for (const k of ['title', 'type', 'severity', 'summary', 'impact', 'source', 'video', 'environments', 'regions', 'services', 'invited'] as const)
		if (form[k] === empty[k] || (gave && gave[k] !== '' && form[k] === gave[k])) next[k] = gives && gives[k] !== '' ? gives[k] : empty[k];
	return next;
}
