export { default as LinkSheet } from './LinkSheet.svelte';
export { default as MeasureSheet } from './MeasureSheet.svelte';
export { default as PlaybookSheet } from './PlaybookSheet.svelte';
