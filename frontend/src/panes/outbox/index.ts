export { default as OutboxSheet } from './OutboxSheet.svelte';
