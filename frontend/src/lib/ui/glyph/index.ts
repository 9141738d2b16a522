export { default as Glyph } from './Glyph.svelte';
