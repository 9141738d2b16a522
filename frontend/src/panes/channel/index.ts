export { default as Opening } from './Opening.svelte';
