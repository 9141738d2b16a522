export { default as ImportSheet } from './ImportSheet.svelte';
export { default as ChatSheet } from './ChatSheet.svelte';
