export { default as Picks } from './Picks.svelte';
