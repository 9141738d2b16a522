export { default as Inline, type InlineAct } from './Inline.svelte';
