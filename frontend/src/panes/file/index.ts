export { default as FileSheet } from './FileSheet.svelte';
export { default as Dropping } from './Dropping.svelte';
