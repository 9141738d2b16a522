export { default as Metrics } from './Metrics.svelte';
