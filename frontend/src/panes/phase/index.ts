export { default as PhaseSheet } from './PhaseSheet.svelte';
