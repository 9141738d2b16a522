import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import config from './svelte.config.js';

const lower = (...rooms) => ['error', { patterns: rooms.map((room) => ({ group: [room], allowTypeImports: true, message: 'this room may not use that one' })) }];

export default ts.config(
	{ ignores: ['dist', 'wailsjs', 'node_modules', 'test-results'] },
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-console': 'error',
			'no-restricted-globals': ['error', { name: 'setInterval', message: 'the clock in lib/state is the only one' }],
			'@typescript-eslint/no-explicit-any': 'error',
			eqeqeq: 'error',
		},
	},
	{ files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig: config } } },
	// Who may use whom: panes -> state, actions, ui, format; state, actions -> bridge; bridge -> wailsjs.
	{ files: ['src/panes/**'], rules: { '@typescript-eslint/no-restricted-imports': lower('**/wailsjs/**', '$lib/bridge', '$lib/bridge/*') } },
	{ files: ['src/lib/{state,actions,ui,format}/**'], rules: { '@typescript-eslint/no-restricted-imports': lower('**/wailsjs/**', '$panes/**', '**/panes/**') } },
	{ files: ['src/lib/{ui,format}/**'], rules: { '@typescript-eslint/no-restricted-imports': lower('**/wailsjs/**', '$panes/**', '$lib/state/*', '$lib/actions/*', '$lib/bridge', '$lib/bridge/*') } },
	{ files: ['e2e/**', 'tools/**'], rules: { 'no-console': 'off' } },
);
