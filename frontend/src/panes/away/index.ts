export { default as Away } from './Away.svelte';
