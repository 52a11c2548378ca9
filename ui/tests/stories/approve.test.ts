// Shows S2.
import { expect, test } from 'vitest';
import type { ApprovalView, Problem } from '../../src/bindings';
import { decidedApproval, type Sketch } from '../fixtures/decided';
import { candidate, draft, snapshot } from '../fixtures/pieces';
import { open, scene } from './window';

const approving = (approval: Sketch<ApprovalView>) =>
  snapshot({ screen: { kind: 'wizard', step: 'approve' }, draft: draft({ approval }) });

const ready = (problem: Problem) => approving({ kind: 'ready', problem });

const isOpen = (fold: string) =>
  document.querySelector(`details:has([data-test="${fold}"])`)?.hasAttribute('open');

test('one button opens the browser', async () => {
  const window = await open(scene('5-approve'));

  await window.press('open-browser');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: false }]);
});

test('adding permissions says that the present token stays valid', async () => {
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
])('the button of $code starts the right correction', async (problem, intent) => {
  const window = await open(ready(problem));

  await window.press('problem-act');

  expect(window.asked).toEqual([intent]);
});

test('without deep links, the user can continue and paste the address', async () => {
  const window = await open(ready({ code: 'linkNotOurs', owner: 'another-app.desktop' }));
  expect(window.at('problem').textContent).toContain('another-app.desktop');

  await window.press('anyway');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signIn', anyway: true }]);
});

test('busy ports are named, and the user can continue and paste the address', async () => {
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
  '%s: another client type is offered when no redirect can arrive',
  async (name) => {
    const window = await open(scene(name));

    await window.press('other-way');
    expect(window.asked).toEqual([{ machine: 'signIn', intent: 'goTo', step: 'register' }]);

    await window.next({ ...scene(name), screen: { kind: 'wizard', step: 'register' } });
    expect(isOpen('client-types')).toBe(true);
  },
);

test('an interrupted exchange says that access may remain, and where to revoke it', async () => {
  const window = await open(ready({ code: 'exchangeCutOff' }));
  expect(window.at('problem').textContent).toContain('access that never reached Keyfob');

  await window.press('connected-apps');
  await window.press('problem-act');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'openConnectedApps' },
    { machine: 'signIn', intent: 'signIn', anyway: false },
  ]);
});

test('a keyring problem offers no other client type', async () => {
  const window = await open(ready({ code: 'keyringLocked' }));

  expect([window.has('anyway'), window.has('other-way')]).toEqual([true, false]);

  await window.next(scene('2-register'));
  expect(isOpen('client-types')).toBe(false);
});

test('a port that is busy after a restart can be retried, or the address pasted', async () => {
  const window = await open(scene('5-approve-port-busy-waiting'));
  expect(isOpen('paste-address')).toBe(true);
  expect(window.at('step-approve').textContent).toContain('http://localhost:28474/callback');

  await window.press('problem-act');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'openAgain' }]);
});

test('both redirect URIs of a Server-based client can be copied', async () => {
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

test('only adding permissions offers a button that says it is done', async () => {
  const adding = await open(scene('5-approve-adds-waiting'));
  await adding.press('have-added');
  expect(adding.asked).toEqual([{ machine: 'signIn', intent: 'haveAdded' }]);
  document.body.replaceChildren();

  expect((await open(scene('5-approve-port-waiting'))).has('have-added')).toBe(false);
});

test('a pending sign-in can be reopened, copied and cancelled, and shows its time', async () => {
  const window = await open(scene('5-approve-waiting'));

  for (const test of ['open-again', 'copy-link', 'cancel']) await window.press(test);

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'openAgain' },
    { machine: 'signIn', intent: 'copyLink' },
    { machine: 'signIn', intent: 'cancelConsent' },
  ]);
  expect(window.at('elapsed').textContent).toMatch(/^0:0[7-9] so far$/);
});

test('the page asks what the browser shows only after twenty seconds', async () => {
  await open(scene('5-approve-waiting'));
  expect(isOpen('what-do-you-see')).toBe(false);
  document.body.replaceChildren();

  await open(scene('5-approve-waiting-long'));
  expect(isOpen('what-do-you-see')).toBe(true);
});

test('an error page of Zoho has its solution, with the exact redirect URI', async () => {
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

test('a wrong address is explained, and the button focuses the field', async () => {
  const window = await open(scene('5-approve-wrong-address'));
  expect(window.at('problem').textContent).toContain('no code in it');

  await window.press('problem-act');

  expect(document.activeElement).toBe(window.at('callback-address'));
});

test('links that match no sign-in are counted', async () => {
  const window = await open({ ...scene('5-approve-waiting'), strays: 2 });

  expect(window.at('strays').textContent).toContain('2 links that did not belong');
});

test('the account is shown first, then saved under the typed name', async () => {
  const window = await open(scene('6-confirm'));
  expect(window.at('email').textContent).toBe('maya.lindqvist@example.org');
  expect(window.at('probe').textContent).toContain('The token works');

  await window.type('connection-name', '  Finance bot ');
  await window.press('keep');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'keep', name: 'Finance bot' }]);
});

test('an empty name becomes the suggested one', async () => {
  const window = await open(scene('6-confirm'));

  await window.type('connection-name', ' ');
  await window.press('keep');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'keep', name: 'Keyfob – Europe' }]);
});

test('"Not me" discards the token', async () => {
  const window = await open(scene('6-confirm'));

  await window.press('not-me');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'notMe' }]);
});

test('all doubts about a token are listed', async () => {
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

test('a typed name survives later snapshots', async () => {
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

test('a typed refresh token is sent once and cleared from the field', async () => {
  const window = await open(scene('5-approve'));
  expect(isOpen('other-ways')).toBe(false);

  await window.press('other-ways');
  const field = await window.type('existing-token', '1000.ab.cd');
  await window.press('use-existing-token');
  await window.press('use-existing-token');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'useRefreshToken', text: '1000.ab.cd' }]);
  expect(field.value).toBe('');
});

test('a refresh token is pasted by Rust, without the page', async () => {
  const window = await open(scene('5-approve-existing-token'));
  expect(isOpen('other-ways')).toBe(true);
  expect(window.at('problem').textContent).toContain('webhook token of Cliq');

  await window.press('paste-existing-token');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'paste', field: 'refreshToken' }]);
});

test('rejecting an existing token revokes nothing, and says so', async () => {
  const window = await open(scene('6-confirm-existing-token'));
  expect(window.at('shared-token').textContent).toContain('Saying no here revokes nothing');
  expect(window.at('not-me').textContent).toContain('Not this one');
});

test('a client with its own redirect URI gets its answer by pasting', async () => {
  const window = await open(scene('5-approve-pasted-waiting'));
  expect(isOpen('paste-address')).toBe(true);
  expect(document.body.textContent).toContain('https://www.example.com/');
  await window.press('what-do-you-see');
  expect(window.has('see-question')).toBe(false);
});

test("a client's own redirect URI can be set, and reset to Keyfob's", async () => {
  const window = await open(scene('2-register-own-redirect'));
  await window.type('own-redirect', 'https://www.example.org/');
  await window.press('use-own-redirect');
  await window.press('use-keyfobs-redirect');

  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'useRedirectUri', address: 'https://www.example.org/' },
    { machine: 'signIn', intent: 'useRedirectUri', address: '' },
  ]);
});

test('an invalid redirect URI is explained beside its field', async () => {
  await open(scene('2-register-redirect-refused'));
  expect(isOpen('own-redirect-fold')).toBe(true);
  expect(document.body.textContent).toContain('That is not a redirect address');
});

test.each([
  ['5-approve-existing-token', 'existing-token', '[aria-labelledby=existing-token-title]'],
  ['5-approve-console-not-the-code', 'console-code', 'li'],
  ['5-approve-organisation-unknown', 'organisation', '[aria-labelledby=client-credentials]'],
])('%s shows the problem beside its field, which has focus', async (shown, field, place) => {
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

test('permissions of an existing token are not called requested', async () => {
  await open(scene('6-confirm-existing-token'));
  expect(document.body.textContent).not.toContain('asked for');
});

test('permissions that Zoho did not list are not called granted', async () => {
  await open(scene('6-confirm-existing-token-unnamed'));
  expect(document.body.textContent).toContain('Zoho does not say');
});

test('only a Self Client offers client credentials, with the scopes Cliq refuses', async () => {
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

test('a client credentials token is saved without an account', async () => {
  const window = await open(scene('6-confirm-client-credentials'));
  expect(window.at('organisation').textContent).toContain('Organization 60012345678');
  await window.press('keep');

  expect(window.asked[0]).toMatchObject({ machine: 'signIn', intent: 'keep' });
});
