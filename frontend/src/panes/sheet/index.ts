export { default as Sheet } from './Sheet.svelte';
export { default as Two } from './Two.svelte';
