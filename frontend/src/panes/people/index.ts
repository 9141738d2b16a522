export { default as PeopleSheet } from './PeopleSheet.svelte';
