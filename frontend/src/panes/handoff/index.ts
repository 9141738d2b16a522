export { default as HandoffSheet } from './HandoffSheet.svelte';
export { default as TakeSheet } from './TakeSheet.svelte';
export { default as GiveSheet } from './GiveSheet.svelte';
