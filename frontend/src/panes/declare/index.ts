export { default as DeclareSheet } from './DeclareSheet.svelte';
