export { default as UpdateSheet } from './UpdateSheet.svelte';
