import './style/tokens.css'; // first: it says in which order the layers count
import './style/fonts.css';
import './style/base.css';
import { mount } from 'svelte';
import App from './App.svelte';

// The theme of last time, so that the other one does not flash up before the backend has answered.
document.documentElement.dataset.theme = localStorage.getItem('quarterdeck.theme') ?? 'dark';

const target = document.getElementById('app');
if (target) mount(App, { target });
