export { default as RealSheet } from './RealSheet.svelte';
export { default as Strip } from './Strip.svelte';
