export { default as KeysSheet } from './KeysSheet.svelte';
