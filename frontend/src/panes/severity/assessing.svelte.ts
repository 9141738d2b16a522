import type { AssessView, LiveView, QuestionsView } from '$lib/bridge';
import { assess } from '$lib/actions/orders';

const blank = null;
export const unknown = -1;

/** Assessing holds the answers of one sitting, and what the backend makes of them. */
export class Assessing {
	answers = $state<(number | null)[]>([]); // by question; null = not answered, -1 = not known
	likelihood = $state(0); // 1 to 5; 0 = not known
	trend = $state('');
	effect = $state('');
	direct = $state(''); // a severity chosen past the questions
	touched = $state(false); // an answer was given in this sitting
	at = $state(0); // the question that takes the next digit; the last is the likelihood
	view = $state.raw<AssessView | null>(null);
	readonly before: (number | null)[];
	readonly ask: QuestionsView;
	#live: LiveView;
	#asked: Promise<boolean> = Promise.resolve(true);

	constructor(live: LiveView, ask: QuestionsView) {
		this.#live = live;
		this.ask = ask;
		const last = live.assessment;
		this.before = ask.criteria.map((q) => last?.answers.find((a) => a.criterion === q.id)?.value ?? blank);
		this.answers = [...this.before];
		this.likelihood = last?.likelihood ?? 0;
		this.trend = last?.trend ?? '';
		this.effect = last?.effect ?? '';
		void this.look();
	}

	some = $derived.by(() => this.answers.some((a) => a !== blank));
	open = $derived.by(() => this.answers.filter((a) => a === blank).length);
	proposed = $derived.by(() => (this.some ? (this.view?.severity ?? '') : ''));
	/** to is what the main act would set: what was chosen, else what new answers propose, else what is in force. */
	to = $derived.by(() => [this.direct, this.touched ? this.proposed : '', this.#live.severity].find((s) => s !== '') ?? '');

	/** answer gives an answer to a question and goes on to the next. */
	answer(i: number, value: number): void {
		if (i < this.ask.criteria.length) {
			if (value > 4) return;
			this.answers[i] = value;
		} else {
			if (value === 0 || value > 5) return;
			this.likelihood = Math.max(0, value);
		}
		this.direct = '';
		this.touched = true;
		this.at = Math.min(i + 1, this.ask.criteria.length);
		void this.look();
	}

	/** set changes what is asked beside the questions. */
	set(what: 'trend' | 'effect', value: string): void {
		this[what] = value;
		this.touched = true;
		void this.look();
	}

	choose(severity: string): void {
		this.direct = severity;
		void this.look();
	}

	input(reason: string) {
		const answers = this.ask.criteria.map((q, i) => ({ criterion: q.id, value: this.answers[i] ?? unknown }));
		const again = this.to === this.#live.severity && !this.#live.provisional && this.some;
		return { to: this.to, reason, answered: this.touched || again, answers, likelihood: this.likelihood, trend: this.trend, effect: this.effect };
	}

	/** look asks what the answers propose; of two answers the later question's counts. */
	async look(): Promise<void> {
		const call = assess({ ...this.input(''), to: this.direct || (this.touched ? '' : this.#live.severity) });
		const mine = (this.#asked = call.then((said) => said !== null));
		const said = await call;
		if (said && mine === this.#asked) this.view = said;
	}

	/** settled waits until what is proposed is made of the answers as they stand; false: that cannot be had. */
	async settled(): Promise<boolean> {
		for (;;) {
			const last = this.#asked;
			const known = await last;
			if (last === this.#asked) return known;
		}
	}
}
