export { default as RoutesSheet } from './RoutesSheet.svelte';
