export { default as HandoffSheet } from './HandoffSheet.svelte';
