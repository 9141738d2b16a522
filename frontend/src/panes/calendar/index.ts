export { default as Calendar } from './Calendar.svelte';
export { default as AddSheet } from './AddSheet.svelte';
export { default as ForgetSheet } from './ForgetSheet.svelte';
export { default as MuteSheet } from './MuteSheet.svelte';
export { default as ShiftSheet } from './ShiftSheet.svelte';
export { default as WhoSheet } from './WhoSheet.svelte';
