export { default as NeedSheet } from './NeedSheet.svelte';
