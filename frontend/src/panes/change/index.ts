export { default as ChangeSheet } from './ChangeSheet.svelte';
