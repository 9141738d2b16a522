export { default as SeveritySheet } from './SeveritySheet.svelte';
export { default as Mark } from './Mark.svelte';
