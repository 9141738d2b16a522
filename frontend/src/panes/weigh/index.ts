export { default as WeighSheet } from './WeighSheet.svelte';
