import { expect, test } from 'vitest';
import type { Intent, Snapshot } from '../../src/bindings';
import { type DraftSketch, draft, snapshot } from '../fixtures/pieces';
import { open, scene, screen } from './window';

const at = (
  step: 'region' | 'register' | 'credentials' | 'scopes',
  changes: Partial<DraftSketch> = {},
): Snapshot => snapshot({ screen: { kind: 'wizard', step }, draft: draft({ furthest: step, ...changes }) });

test('the first screen starts the wizard or Practice', async () => {
  const window = await open(scene('welcome'));

  await window.press('start');
  await window.press('practise');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'start' },
    { machine: 'app', intent: 'practise' },
  ]);
});

test('choosing a region sends its code', async () => {
  const window = await open(scene('1-region'));

  await window.press('region-jp');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'chooseRegion', region: 'jp' }]);
});

test('Rust finds the region of an address, and the page shows it', async () => {
  const window = await open(scene('1-region'));

  await window.type('address-bar', ' https://cliq.zoho.eu/company/1 ');
  await window.next(at('region', { guess: { region: 'eu' } }));

  expect(window.asked).toContainEqual({
    machine: 'signIn',
    intent: 'guessRegion',
    address: 'https://cliq.zoho.eu/company/1',
  });
  expect(window.at('guess').textContent).toContain('That is Europe');
});

test("a rejected region keeps the form's input", async () => {
  const window = await open(at('region'));
  await window.type('region-code-field', 'sg');
  await window.type('region-accounts-field', 'accounts.zoho.sg');

  await window.press('save-region');
  await window.next(
    at('region', {
      regionProblem: { code: 'regionRefused', reason: 'the accounts address is not a web address' },
    }),
  );

  expect(window.at('region-problem').textContent).toContain('the accounts address is not a web address');
  expect((window.at('region-accounts-field') as HTMLInputElement).value).toBe('accounts.zoho.sg');
});

test('the form of a region is cleared once it is in the table', async () => {
  const window = await open(at('region'));
  const typed = await typeSingapore(window, 'sg.example');
  await window.press('save-region');

  const added = at('region', { region: 'sg' });
  await window.next({ ...added, regions: [...added.regions, { ...typed, host: 'accounts.sg.example' }] });

  expect((window.at('region-code-field') as HTMLInputElement).value).toBe('');
});

test("a rejected correction of a region keeps the form's input", async () => {
  const window = await open(at('region'));
  const before = await typeSingapore(window, 'sg.example');
  const there = at('region', { region: 'sg' });
  await window.next({ ...there, regions: [...there.regions, { ...before, host: 'accounts.sg.example' }] });

  await typeSingapore(window, 'other.example');
  await window.press('save-region');
  const refused = at('region', {
    region: 'sg',
    regionProblem: { code: 'regionInUse', region: 'sg', users: ['Finance bot'], unfinished: false },
  });
  await window.next({
    ...refused,
    regions: [...refused.regions, { ...before, host: 'accounts.sg.example' }],
  });

  expect(window.at('region-problem').textContent).toContain('“Finance bot”');
  expect((window.at('region-cliq-field') as HTMLInputElement).value).toBe('https://cliq.other.example');
});

/** Types a region into the form, and returns it as the table would hold it. */
async function typeSingapore(window: Awaited<ReturnType<typeof open>>, site: string) {
  const of = (host: string) => `https://${host}.${site}`;
  const region = {
    code: 'sg',
    name: 'Singapore',
    accounts: of('accounts'),
    api: of('api'),
    cliq: of('cliq'),
    console: of('console'),
  };
  for (const [field, text] of Object.entries(region)) await window.type(`region-${field}-field`, text);
  return region;
}

test("each value for Zoho's form has a button that copies exactly that", async () => {
  const window = await open(scene('2-register'));

  for (const test of ['copy-name', 'copy-homepage', 'copy-redirect-uri', 'open-console'])
    await window.press(test);

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'copyForForm', field: 'name' },
    { machine: 'signIn', intent: 'copyForForm', field: 'homepage' },
    { machine: 'signIn', intent: 'copyForForm', field: 'redirectUri' },
    { machine: 'signIn', intent: 'openConsole' },
  ]);
});

test('a typed client ID is sent before the intent for the next step', async () => {
  const window = await open(scene('3-credentials-empty'));
  const field = window.at('client-id') as HTMLInputElement;

  field.focus();
  field.value = '1000.ABC';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await window.press('next');

  expect(await window.settled()).toEqual<Intent[]>([
    { machine: 'signIn', intent: 'typeClientId', text: '1000.ABC' },
    { machine: 'signIn', intent: 'next' },
  ]);
});

test('a client ID is shown as Rust cleaned it', async () => {
  const window = await open(at('credentials', { clientId: '' }));

  const field = await window.type('client-id', ' "1000.ABC" ');
  await window.next(at('credentials', { clientId: '1000.ABC' }));

  expect(field.value).toBe('1000.ABC');
});

test('a hint names what was pasted instead', async () => {
  const window = await open(scene('3-credentials-hints'));

  expect(window.at('step-credentials').textContent).toContain('This looks like the Client Secret');
  expect(window.at('step-credentials').textContent).toContain('one-time code');
});

test('Next says what is missing when it is pressed', async () => {
  const window = await open(at('credentials', { clientId: '' }));
  expect(window.at('missing').textContent).toBe('');

  await window.press('next');

  expect(window.at('missing').textContent).toBe('The Client ID is needed to go on.');
});

test('a task, a listed permission and an unlisted one are each sent', async () => {
  const window = await open(scene('4-scopes'));

  await window.press('task-files');
  await window.press('scope-ZohoCliq.Users.READ');
  await window.type('own-scope', 'ZohoCliq.Rooms.READ');
  await window.press('add-scope');
  await window.press('hour-only');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'chooseTask', task: 'files', on: true },
    { machine: 'signIn', intent: 'chooseScope', scope: 'ZohoCliq.Users.READ', on: true },
    { machine: 'signIn', intent: 'chooseScope', scope: 'ZohoCliq.Rooms.READ', on: true },
    { machine: 'signIn', intent: 'keepAccess', on: false },
  ]);
});

test('a misspelled permission is explained, with a button for the right one', async () => {
  const window = await open(scene('4-scopes-suggestion'));
  expect(document.body.textContent).toContain('spelt another way at Zoho');

  await window.press('take-suggestion');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'chooseScope', scope: 'ZohoCliq.Organisation.READ', on: true },
  ]);
  expect(window.at('scope-ZohoCliq.Future.READ').textContent).toContain('not on Keyfob’s list');
});

test('the list of permissions is searched without an intent', async () => {
  const window = await open(scene('4-scopes'));

  await window.type('search-scopes', 'departments');

  expect(window.has('scope-ZohoCliq.Departments.READ')).toBe(true);
  expect(window.has('scope-ZohoCliq.Users.READ')).toBe(false);
  expect(window.asked).toEqual([]);
});

test('the rail leads to every reached step and to no other', async () => {
  const window = await open(at('register', { furthest: 'scopes' }));

  await window.press('go-scopes');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'goTo', step: 'scopes' }]);
  expect(window.has('go-approve')).toBe(false);
  expect(screen.getByText('Register', { selector: '[aria-current="step"] *' })).toBeTruthy();
});

test('a new step focuses its heading', async () => {
  const window = await open(at('region'));

  await window.next(at('register'));

  expect(document.activeElement?.textContent).toBe('Register Keyfob at Zoho');
});

test('a pending sign-in locks its inputs, and the page says why', async () => {
  const window = await open(scene('1-region-locked'));

  expect(window.at('locked').textContent).toContain('still open');
  await window.press('unlock');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'cancelConsent' }]);
});
