export { default as Toasts } from './Toasts.svelte';
export { default as Notice } from './Notice.svelte';
