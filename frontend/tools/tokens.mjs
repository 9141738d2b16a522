// Colours live in tokens.css alone, and those that mean "you must act" appear only on the parts that say so.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const alarms = /\/(annunciator|duerow|toast)\//;
const raw = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(/i;
const problems = [];

for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
	const path = join(entry.parentPath, entry.name);
	if (!entry.isFile() || !/\.(svelte|css)$/.test(path) || path.endsWith('tokens.css')) continue;
	const text = readFileSync(path, 'utf8');
	// In a component only its style block holds colours; "#" elsewhere is an ordinary sign.
	const style = path.endsWith('.css') ? text : (/<style[^>]*>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '');
	const before = text.slice(0, text.indexOf(style)).split('\n').length;
	style.split('\n').forEach((line, i) => {
		const at = `${path}:${before + i}`;
		if (raw.test(line)) problems.push(`${at}: a raw colour; take a token`);
		if (/--(warn|caut|on-caut)/.test(line) && !alarms.test(path)) problems.push(`${at}: an alarm colour outside the alarm parts`);
	});
}

// Each theme gives every colour: one that is forgotten would be another theme's.
const tokens = readFileSync('src/style/tokens.css', 'utf8');
const named = (theme) => new Set([...(tokens.split(`[data-theme='${theme}'] {`)[1]?.split('}')[0] ?? '').matchAll(/--[\w-]+(?=:)/g)].map((m) => m[0]));
const dark = named('dark');
for (const theme of ['light', 'night']) {
	const own = named(theme);
	for (const t of dark) if (!own.has(t)) problems.push(`src/style/tokens.css: the theme ${theme} lacks ${t}`);
	for (const t of own) if (!dark.has(t)) problems.push(`src/style/tokens.css: only the theme ${theme} has ${t}`);
}
if (dark.size < 20) problems.push('src/style/tokens.css: the themes are not found');

if (problems.length > 0) {
	console.error(problems.join('\n'));
	process.exit(1);
}
