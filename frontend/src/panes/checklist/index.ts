export { default as Checklist } from './Checklist.svelte';
