export { default as Taps } from './Taps.svelte';
