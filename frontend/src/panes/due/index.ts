export { default as DueSheet } from './DueSheet.svelte';
