export { default as Banner } from './Banner.svelte';
