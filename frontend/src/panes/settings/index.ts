export { default as SettingsSheet } from './SettingsSheet.svelte';
