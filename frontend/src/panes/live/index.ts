export { default as Live } from './Live.svelte';
