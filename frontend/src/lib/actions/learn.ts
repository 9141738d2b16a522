// What is asked about many incidents at once.
import { api, faultOf, shell, type CostView, type ExportView, type Fault, type MetricsInput, type MetricsView } from '$lib/bridge';
import { desk } from '$lib/state/desk.svelte';

/** metrics counts incidents; a failure is shown. */
export async function metrics(of: MetricsInput): Promise<MetricsView | null> {
	try {
		return await api.Metrics(of);
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** cost counts what an incident took; a failure is shown. */
export async function cost(incident: string): Promise<CostView | null> {
	try {
		return await api.Cost(incident);
	} catch (reason) {
		desk.tell(faultOf(reason));
		return null;
	}
}

/** answerEffort says how long a part of the work took somebody; an empty person is whoever sits here. */
export async function answerEffort(incident: string, phase: string, person: string, minutes: number): Promise<void> {
	try {
		await api.AnswerEffort({ incident, phase, person, minutes });
	} catch (reason) {
		desk.tell(faultOf(reason));
	}
}

/** keep saves what the backend has written; a failure is shown. */
export async function keep(exported: Promise<ExportView>): Promise<void> {
	try {
		const d = await exported;
		const where = await shell.save(d.name, d.type, d.text, d.base64);
		if (where !== '') desk.say(`Saved as ${where}`);
	} catch (reason) {
		desk.tell(faultOf(reason));
	}
}

/** saveSheet saves what is counted as a table, saveDocument as JSON. */
export const saveSheet = (of: MetricsInput) => keep(api.MetricsSheet(of));
export const saveDocument = (of: MetricsInput) => keep(api.MetricsDocument(of));
/** saveFigures saves it as pages to print, saveCost what an incident took. */
export const saveFigures = (of: MetricsInput) => keep(api.MetricsPaper({ ...of, format: 'pdf' }));
export const saveCost = (incident: string) => keep(api.CostPaper({ incident, format: 'pdf' }));

/** giveTime gives a milestone of any incident its time. */
export async function giveTime(incident: string, subject: string, time: number): Promise<Fault | null> {
	try {
		await api.SetMilestone({ incident, subject, time, approx: false, text: '' });
		return null;
	} catch (reason) {
		return faultOf(reason);
	}
}
