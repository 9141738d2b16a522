export { default as LogLine } from './LogLine.svelte';
