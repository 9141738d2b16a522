export { default as Marked } from './Marked.svelte';
