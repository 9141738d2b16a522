export { default as QuitSheet } from './QuitSheet.svelte';
