import './style/tokens.css';
import './style/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { tauri } from './bridge';
import { draw } from './picture.svelte';

const target = document.getElementById('app');
if (target) {
  mount(App, { target });
  void draw(tauri);
}
