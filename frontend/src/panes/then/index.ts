export { default as Then } from './Then.svelte';
