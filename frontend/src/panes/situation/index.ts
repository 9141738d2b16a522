export { default as Situation } from './Situation.svelte';
export { default as Strip } from './Strip.svelte';
