import './style/tokens.css'; // first: it says in which order the layers count
import './style/fonts.css';
import './style/base.css';
import { mount } from 'svelte';
import { showLast } from '$lib/actions/look';
import App from './App.svelte';

showLast();

const target = document.getElementById('app');
if (target) mount(App, { target });
