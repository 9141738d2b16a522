export { default as DueRow } from './DueRow.svelte';
export { default as DueText } from './DueText.svelte';
