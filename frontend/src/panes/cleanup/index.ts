export { default as Cleanup } from './Cleanup.svelte';
