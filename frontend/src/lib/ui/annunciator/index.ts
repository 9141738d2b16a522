export { default as Cell } from './Cell.svelte';
