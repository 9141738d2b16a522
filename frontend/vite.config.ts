import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [svelte()],
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
