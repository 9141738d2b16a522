/** newID mints a UUIDv7: 48 bits of milliseconds, then chance. */
export function newID(now = Date.now()): string {
	const b = crypto.getRandomValues(new Uint8Array(16));
	let t = now;
	for (let i = 5; i >= 0; i--) {
		b[i] = t % 256;
		t = Math.floor(t / 256);
	}
	b[6] = ((b[6] as number) & 0x0f) | 0x70;
	b[8] = ((b[8] as number) & 0x3f) | 0x80;
	const hex = Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
