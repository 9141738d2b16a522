export { default as Kbd } from './Kbd.svelte';
