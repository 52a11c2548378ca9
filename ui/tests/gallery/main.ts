/** Draws the scene in the query, `?scene=home&text=200`, or a problem, `?problem=7`. `text` is the system's text size. */
import '../../src/style/tokens.css';
import '../../src/style/base.css';
import './large.css';
import { mount } from 'svelte';
import App from '../../src/App.svelte';
import type { Problem } from '../../src/bindings';
import { draw } from '../../src/picture.svelte';
import { met } from '../fixtures/coach';
import { fake } from '../fixtures/fake';
import { everyProblem } from '../fixtures/problems';
import { scenes } from '../fixtures/scenes';

// The window freezes it, too, against tampering.
Object.freeze(Object.prototype);

const asked = new URLSearchParams(location.search);
const problem = (now: number) => everyProblem(now)[Number(asked.get('problem') ?? Number.NaN)];
const scene = asked.has('problem')
  ? (now: number) => met(problem(now) as Problem, now)
  : scenes[asked.get('scene') ?? ''];
const target = document.getElementById('app');
if (!scene || !target) throw new Error('no such scene');

document.documentElement.classList.toggle('large', asked.get('text') === '200');
document.documentElement.dir = asked.get('dir') ?? 'ltr';
const rust = fake(scene(Date.now()));
Object.assign(window, { asked: rust.asked, show: rust.show });
mount(App, { target });
void draw(rust).then(() => {
  document.documentElement.dataset['drawn'] = 'yes';
});
