import { expect, test } from 'vitest';
import type { TemplateView } from '$lib/bridge';
import { filled, type Form } from './form';

const template = (t: Partial<TemplateView>): TemplateView => ({ id: 'a', name: 'A', title: '', type: '', severity: '', summary: '', impact: '', source: '', video: '', environments: [], regions: [], services: [], invited: [], ...t });
const form = (f: Partial<Form>): Form => ({
	title: '', type: 'service', severity: '', started: '', impact: '', summary: '', source: '', reporter: '', thread: '', video: '', detected: '',
	environments: '', regions: '', services: '', invited: '', signs: [], security: false, backfill: false, declared: '', template: '', channel: '', ...f,
});
const supplier = template({ id: 'supplier', title: 'Supplier down:', environments: ['production', 'staging'] });
const exposed = template({ id: 'exposed', type: 'security', severity: 'SEV1' });

test('a template fills what is empty', () => {
	expect(filled(form({}), supplier, null, 'service')).toEqual(form({ template: 'supplier', title: 'Supplier down: ', environments: 'production, staging' }));
});
test('what was typed stays', () => {
	expect(filled(form({ title: 'Checkout fails', severity: 'SEV3' }), exposed, null, 'service')).toEqual(form({ template: 'exposed', title: 'Checkout fails', severity: 'SEV3', type: 'security' }));
});
test('the next one takes the place of the one before, and none of either', () => {
	const first = filled(form({}), supplier, null, 'service');
	expect(filled(first, exposed, supplier, 'service')).toEqual(form({ template: 'exposed', type: 'security', severity: 'SEV1' }));
	expect(filled({ ...first, title: 'Supplier down: the bank' }, null, supplier, 'service')).toEqual(form({ title: 'Supplier down: the bank' }));
});
