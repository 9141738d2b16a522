export { default as Cost } from './Cost.svelte';
