import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Lengths are written in px, as they are at the usual size of text; of hairlines abroad they become rem, so that the chosen size moves all. */
const rem = (value: string): string => value.replace(/(?<![\w.])(\d*\.?\d+)px\b/g, (px, n: string) => (Number(n) <= 2 ? px : `${Number(n) / 16}rem`));

export default defineConfig({
	plugins: [svelte()],
	css: {
		postcss: {
			plugins: [
				{
					postcssPlugin: 'text-size',
					Once(root) {
						// What is pressed stays high enough to be hit, also with small text: 18pt are 24 px, which no second pass takes for a length of ours.
						root.walkDecls((d) => void (d.value = d.prop === 'min-height' && /^2[4-9]px$/.test(d.value) ? `max(18pt, ${rem(d.value)})` : rem(d.value)));
						root.walkAtRules('container', (r) => void (r.params = rem(r.params)));
					},
				},
			],
		},
	},
	resolve: {
		alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)), $panes: fileURLToPath(new URL('./src/panes', import.meta.url)) },
		// Vitest would otherwise take Svelte's server half.
		...(process.env.VITEST ? { conditions: ["browser"] } : {}),
	},
	build: {
		target: 'safari16', // the oldest webview that the window runs in
		emptyOutDir: true,
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false }, // an inline script, which the page's policy refuses
	},
	test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
