// The alarms of the page itself, for when the desktop shows none: one soft low tone, or two tones.

interface Note {
	pitch: number; // Hz
	from: number; // s
	length: number; // s
	loud: number; // 0 to 1
}

const soft: Note[] = [{ pitch: 330, from: 0, length: 0.45, loud: 0.12 }];
const double: Note[] = [
	{ pitch: 880, from: 0, length: 0.22, loud: 0.25 },
	{ pitch: 660, from: 0.26, length: 0.34, loud: 0.25 },
];

let context: AudioContext | undefined;
let busyUntil = 0; // s, of the context

/** heard is told whether the page can sound by itself. */
let heard: (yes: boolean) => void = () => undefined;

/** onAudible names who is told. */
export function onAudible(tell: (yes: boolean) => void): void {
	heard = tell;
}

/** wake lets the page sound later: a webview allows it only after a key or a click. */
export function wake(): void {
	if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return; // Ctrl alone does not count
	if (!context) {
		const made = new AudioContext();
		made.addEventListener('statechange', () => heard(made.state === 'running'));
		if (made.state === 'running') heard(true);
		context = made;
	}
	if (context.state === 'suspended') void context.resume();
}

/** sound plays what a look asks for, as loud as is said in per cent, unless a sound is under way. */
export function sound(look: string, volume: number): void {
	if (!context || context.state !== 'running' || context.currentTime < busyUntil) return;
	const notes = look === 'warning' ? double : soft;
	const start = context.currentTime + 0.02;
	for (const n of notes) {
		const tone = context.createOscillator();
		const level = context.createGain();
		tone.frequency.value = n.pitch;
		level.gain.setValueAtTime(0, start + n.from);
		level.gain.linearRampToValueAtTime((n.loud * volume) / 100, start + n.from + 0.02);
		level.gain.linearRampToValueAtTime(0, start + n.from + n.length);
		tone.connect(level).connect(context.destination);
		tone.start(start + n.from);
		tone.stop(start + n.from + n.length);
		busyUntil = start + n.from + n.length;
	}
}
