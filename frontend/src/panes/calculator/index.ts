export { default as Calculator } from './Calculator.svelte';
