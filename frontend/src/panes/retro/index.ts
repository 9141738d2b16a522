export { default as Retro } from './Retro.svelte';
