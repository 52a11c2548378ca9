// Shows S2.
import { expect, test } from 'vitest';
import type { Approval, Problem } from '../../src/bindings';
import { decidedApproval, type Sketch } from '../fixtures/decided';
import { candidate, draft, snapshot } from '../fixtures/pieces';
import { open, scene } from './window';

const approving = (approval: Sketch<Approval>) =>
  snapshot({ screen: { kind: 'wizard', step: 'approve' }, draft: draft({ approval }) });

const ready = (problem: Problem) => approving({ kind: 'ready', problem });

const isOpen = (fold: string) =>
  document.querySelector(`details:has([data-test="${fold}"])`)?.hasAttribute('open');

test('one button opens the browser', async () => {
  const window = await open(scene('5-approve'));

  await window.press('open-browser');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: false }]);
});

test('where only new permissions are asked, the person reads that the token stays', async () => {
  expect((await open(scene('5-approve-adds'))).at('adds').textContent).toContain('The token you have stays');
  document.body.replaceChildren();
  expect((await open(scene('5-approve'))).has('adds')).toBe(false);
});

test.each<[Problem, unknown]>([
  [{ code: 'denied' }, { machine: 'signIn', intent: 'signIn', anyway: false }],
  [
    { code: 'clientUnknown', region: 'eu' },
    { machine: 'signIn', intent: 'goTo', step: 'region' },
  ],
  [
    { code: 'redirectMismatch', redirectUri: 'cliqkeyfob://callback' },
    { machine: 'signIn', intent: 'copyForForm', field: 'redirectUri' },
  ],
  [{ code: 'secretWrong' }, { machine: 'signIn', intent: 'goTo', step: 'credentials' }],
  [{ code: 'scopeUnknown' }, { machine: 'signIn', intent: 'goTo', step: 'scopes' }],
])('the button of $code leads to its cure', async (problem, intent) => {
  const window = await open(ready(problem));

  await window.press('problem-act');

  expect(window.asked).toEqual([intent]);
});

test('when links do not arrive, a person may go on and paste the address', async () => {
  const window = await open(ready({ code: 'linkNotOurs', owner: 'another-app.desktop' }));
  expect(window.at('problem').textContent).toContain('another-app.desktop');

  await window.press('anyway');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: true }]);
});

test('when the ports are busy both are named, and a person may go on and paste the address', async () => {
  const window = await open(scene('5-approve-port-busy'));
  expect(window.at('problem').textContent).toContain('localhost:28473 and localhost:28474');

  await window.press('problem-act');
  await window.press('anyway');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'signIn', anyway: false },
    { machine: 'signIn', intent: 'signIn', anyway: true },
  ]);
});

test.each(['5-approve-link-not-ours', '5-approve-port-busy'])(
  '%s: where the answer cannot come home another way is offered, and the client types lie open there',
  async (name) => {
    const window = await open(scene(name));

    await window.press('other-way');
    expect(window.asked).toEqual([{ machine: 'signIn', intent: 'goTo', step: 'register' }]);

    await window.next({ ...scene(name), screen: { kind: 'wizard', step: 'register' } });
    expect(isOpen('client-types')).toBe(true);
  },
);

test('a sign-in that was cut off says that access may be left, and leads to where it is ended', async () => {
  const window = await open(ready({ code: 'exchangeCutOff' }));
  expect(window.at('problem').textContent).toContain('access that never reached Keyfob');

  await window.press('connected-apps');
  await window.press('problem-act');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'openConnectedApps' },
    { machine: 'signIn', intent: 'signIn', anyway: false },
  ]);
});

test('trouble with the keyring is no reason for another way', async () => {
  const window = await open(ready({ code: 'keyringLocked' }));

  expect([window.has('anyway'), window.has('other-way')]).toEqual([true, false]);

  await window.next(scene('2-register'));
  expect(isOpen('client-types')).toBe(false);
});

test('a port that is busy after a restart leaves the address to paste, and is tried again', async () => {
  const window = await open(scene('5-approve-port-busy-waiting'));
  expect(isOpen('paste-address')).toBe(true);
  expect(window.at('step-approve').textContent).toContain('http://localhost:28474/callback');

  await window.press('problem-act');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'openAgain' }]);
});

test('a Server-based client has two addresses to register, and both can be copied where one is missing', async () => {
  const register = await open(scene('2-register-server-based'));
  for (const test of ['copy-redirect-uri', 'copy-second-redirect-uri']) await register.press(test);
  document.body.replaceChildren();
  const waiting = await open(scene('5-approve-port-waiting'));
  await waiting.press('see-redirect');
  for (const test of ['cure-copy', 'cure-copy-2']) await waiting.press(test);

  const both = ['redirectUri', 'secondRedirectUri'].map((field) => ({
    machine: 'signIn',
    intent: 'copyForForm',
    field,
  }));
  expect([register.asked, waiting.asked]).toEqual([both, both]);
});

test('whoever adds permissions can say that it is done, and nobody else is asked', async () => {
  const adding = await open(scene('5-approve-adds-waiting'));
  await adding.press('have-added');
  expect(adding.asked).toEqual([{ machine: 'signIn', intent: 'haveAdded' }]);
  document.body.replaceChildren();

  expect((await open(scene('5-approve-port-waiting'))).has('have-added')).toBe(false);
});

test('the wait can be opened again, copied and cancelled, and tells how long it lasts', async () => {
  const window = await open(scene('5-approve-waiting'));

  for (const test of ['open-again', 'copy-link', 'cancel']) await window.press(test);

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'openAgain' },
    { machine: 'signIn', intent: 'copyLink' },
    { machine: 'signIn', intent: 'cancelConsent' },
  ]);
  expect(window.at('elapsed').textContent).toMatch(/^0:0[7-9] so far$/);
});

test('after twenty seconds the page asks what the browser shows, and before that it does not', async () => {
  await open(scene('5-approve-waiting'));
  expect(isOpen('what-do-you-see')).toBe(false);
  document.body.replaceChildren();

  await open(scene('5-approve-waiting-long'));
  expect(isOpen('what-do-you-see')).toBe(true);
});

test("a page of Zoho's own has its cure, with the exact address beside it", async () => {
  const window = await open(scene('5-approve-waiting-long'));

  await window.press('see-redirect');
  expect(window.at('cure').textContent).toContain('cliqkeyfob://callback');
  await window.press('cure-copy');
  await window.press('cure-saw');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'copyForForm', field: 'redirectUri' },
    { machine: 'signIn', intent: 'saw', page: 'redirect' },
  ]);
});

test('a wrong address is said, and the button puts the person back into the field', async () => {
  const window = await open(scene('5-approve-wrong-address'));
  expect(window.at('problem').textContent).toContain('no code in it');

  await window.press('problem-act');

  expect(document.activeElement).toBe(window.at('callback-address'));
});

test('links that belong to no sign-in are counted', async () => {
  const window = await open({ ...scene('5-approve-waiting'), strays: 2 });

  expect(window.at('strays').textContent).toContain('2 links that did not belong');
});

test('the account is shown before anything is kept, and kept under the name that was typed', async () => {
  const window = await open(scene('6-confirm'));
  expect(window.at('email').textContent).toBe('maya.lindqvist@example.org');
  expect(window.at('probe').textContent).toContain('The token works');

  await window.type('connection-name', '  Finance bot ');
  await window.press('keep');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'keep', name: 'Finance bot' }]);
});

test('a name left empty is the one that was proposed', async () => {
  const window = await open(scene('6-confirm'));

  await window.type('connection-name', ' ');
  await window.press('keep');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'keep', name: 'Keyfob – Europe' }]);
});

test('Not me gives the token up', async () => {
  const window = await open(scene('6-confirm'));

  await window.press('not-me');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'notMe' }]);
});

test('doubts are all said: another account, another region, what was not granted, an hour only, not saved', async () => {
  const window = await open(scene('6-confirm-doubts'));
  const text = window.at('step-confirm').textContent ?? '';

  for (const doubt of [
    'another account than before',
    'another region than the one you chose',
    'ZohoCliq.Webhooks.CREATE',
    'for one hour only',
    'could not be saved',
  ]) {
    expect(text).toContain(doubt);
  }
});

test('a typed name outlives the answers that come in meanwhile', async () => {
  const asking = candidate({ identity: null, tested: null });
  const step = (who: typeof asking) =>
    snapshot({
      screen: { kind: 'wizard', step: 'confirm' },
      draft: draft({ furthest: 'confirm', candidate: who }),
    });
  const window = await open(step(asking));

  const field = await window.type('connection-name', 'Night watch');
  await window.next(step(candidate()));

  expect(field.value).toBe('Night watch');
});

test('a refresh token that is typed is sent once and leaves the field', async () => {
  const window = await open(scene('5-approve'));
  expect(isOpen('other-ways')).toBe(false);

  await window.press('other-ways');
  const field = await window.type('existing-token', '1000.ab.cd');
  await window.press('use-existing-token');
  await window.press('use-existing-token');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'useRefreshToken', text: '1000.ab.cd' }]);
  expect(field.value).toBe('');
});

test('a refresh token comes from the clipboard without the page', async () => {
  const window = await open(scene('5-approve-existing-token'));
  expect(isOpen('other-ways')).toBe(true);
  expect(window.at('problem').textContent).toContain('webhook token of Cliq');

  await window.press('paste-existing-token');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'paste', field: 'refreshToken' }]);
});

test('whose token it is decides what saying no means', async () => {
  const window = await open(scene('6-confirm-existing-token'));
  expect(window.at('shared-token').textContent).toContain('Saying no here revokes nothing');
  expect(window.at('not-me').textContent).toContain('Not this one');
});

test('with an address of its own, pasting is the way home', async () => {
  const window = await open(scene('5-approve-pasted-waiting'));
  expect(isOpen('paste-address')).toBe(true);
  expect(document.body.textContent).toContain('https://www.example.com/');
  await window.press('what-do-you-see');
  expect(window.has('see-question')).toBe(false);
});

test("a client's own address is used, or Keyfob's again", async () => {
  const window = await open(scene('2-register-own-redirect'));
  await window.type('own-redirect', 'https://www.example.org/');
  await window.press('use-own-redirect');
  await window.press('use-keyfobs-redirect');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'useRedirectUri', address: 'https://www.example.org/' },
    { machine: 'signIn', intent: 'useRedirectUri', address: '' },
  ]);
});

test('an address that is none is said beside its field', async () => {
  await open(scene('2-register-redirect-refused'));
  expect(isOpen('own-redirect-fold')).toBe(true);
  expect(document.body.textContent).toContain('That is not a redirect address');
});

test.each([
  ['5-approve-existing-token', 'existing-token', '[aria-labelledby=existing-token-title]'],
  ['5-approve-console-not-the-code', 'console-code', 'li'],
  ['5-approve-organisation-unknown', 'organisation', '[aria-labelledby=client-credentials]'],
])('a problem of %s stands beside its field, which has focus', async (shown, field, place) => {
  const answered = scene(shown);
  const draft = answered.draft && {
    ...answered.draft,
    approval: decidedApproval({ kind: 'ready', problem: null }, 'deepLink'),
  };
  const window = await open({ ...answered, draft });
  await window.next(answered);
  expect(document.querySelectorAll('[data-test=problem]')).toHaveLength(1);
  expect(window.at('problem').closest(place)?.contains(window.at(field))).toBe(true);
  expect(document.activeElement).toBe(window.at(field));
});

test('what a token that was had before may do is not called asked for', async () => {
  await open(scene('6-confirm-existing-token'));
  expect(document.body.textContent).not.toContain('asked for');
});

test('permissions that Zoho did not name are not called granted', async () => {
  await open(scene('6-confirm-existing-token-unnamed'));
  expect(document.body.textContent).toContain('Zoho does not say');
});

test('client credentials are for a Self Client alone, and say what Cliq refuses', async () => {
  expect((await open(scene('5-approve'))).has('organisation')).toBe(false);
  document.body.replaceChildren();

  const window = await open(scene('5-console-client-credentials'));
  expect(isOpen('other-ways')).toBe(true);
  expect(window.at('unproven').textContent).toContain('ZohoCliq.Messages.UPDATE');
  expect(document.body.textContent).toContain('That is a Client ID, not the Organization ID.');
  await window.type('organisation', '60012345678');
  await window.press('use-client-credentials');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'useClientCredentials', organisation: '60012345678' },
  ]);
});

test('a token of the client itself is kept without an account', async () => {
  const window = await open(scene('6-confirm-client-credentials'));
  expect(window.at('organisation').textContent).toContain('Organization 60012345678');
  await window.press('keep');

  expect(window.asked[0]).toMatchObject({ machine: 'signIn', intent: 'keep' });
});
