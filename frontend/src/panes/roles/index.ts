export { default as Names } from './Names.svelte';
export { default as Roles } from './Roles.svelte';
export { default as RolesSheet } from './RolesSheet.svelte';
