import { expect, test, vi } from 'vitest';
import type { Card } from '../../src/bindings';
import { card, minute, snapshot } from '../fixtures/pieces';
import { crowd } from '../fixtures/scenes';
import { open, scene } from './window';

const home = (...connections: Card[]) => snapshot({ screen: { kind: 'home' }, connections });

test('a card shows the remaining time and the next automatic refresh', async () => {
  const now = Date.now();
  const window = await open(
    home(card(now, { expiresAt: now + 42 * minute, refreshesAt: now + 37 * minute })),
  );

  const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(
    now + 37 * minute,
  );
  expect(window.at('standing').textContent).toContain('42 min left');
  expect(window.at('standing').textContent).toContain(time);
});

test('a card that needs the user offers the remedy, not an expired token', async () => {
  const now = Date.now();
  const standing = { kind: 'needsYou', problem: { code: 'grantEnded' } } as const;
  const window = await open(home(card(now, { id: 4, standing, expiresAt: now - minute, refreshesAt: null })));

  expect(window.has('copy')).toBe(false);
  await window.press('cure');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'signInAgain', id: 4 }]);
});

test('the button says "Copied", then when the clipboard is cleared, then "Copy"', async () => {
  const now = Date.now();
  vi.useFakeTimers({ now });
  try {
    const shown = home(card(now));
    const window = await open(shown);
    await window.press('copy');
    expect(window.asked).toEqual([{ machine: 'share', intent: 'copy', id: 1, shape: 'token' }]);

    const what = { kind: 'token', id: 1, shape: 'token' } as const;
    await window.next({ ...shown, copied: { what, at: now, clearsAt: now + 30_000 } });
    expect(window.at('copy').getAttribute('aria-label')).toBe('Copied: access token of Finance bot');
    expect(window.at('copy-clears').textContent).toContain('clears in 30 s');

    await vi.advanceTimersByTimeAsync(3_000);
    expect(window.at('copy').getAttribute('aria-label')).toBe('Copy access token of Finance bot');
    expect(window.at('copy-clears').textContent).toContain('clears in 27 s');

    await window.next(shown);
    expect(window.has('copy-clears')).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('copying is announced to screen readers', async () => {
  const now = Date.now();
  const shown = home(card(now));
  const window = await open(shown);

  await window.next({
    ...shown,
    copied: { what: { kind: 'token', id: 1, shape: 'token' }, at: now, clearsAt: now + 30_000 },
  });

  expect(window.at('announcement').textContent).toBe(
    'Copied: access token of Finance bot. The clipboard is cleared in 30 seconds.',
  );
});

test('the menu opens by key, moves by arrows and closes with Escape', async () => {
  const window = await open(home(card(Date.now())));
  await window.press('card-menu');
  const key = (name: string) =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));

  expect(document.activeElement).toBe(window.at('menu-refresh'));
  key('ArrowDown');
  expect(document.activeElement).toBe(window.at('menu-test'));
  key('End');
  expect(document.activeElement).toBe(window.at('menu-revoke'));
  key('ArrowDown');
  expect(document.activeElement).toBe(window.at('menu-refresh'));
  key('Escape');
  await window.settled();

  expect(window.has('menu-refresh')).toBe(false);
  expect(document.activeElement).toBe(window.at('card-menu'));
});

test('each menu item sends its intent', async () => {
  const window = await open(home(card(Date.now(), { id: 9 })));

  for (const line of ['menu-refresh', 'menu-test', 'menu-sign-in-again']) {
    await window.press('card-menu');
    await window.press(line);
  }

  expect(window.asked).toEqual([
    { machine: 'tokens', intent: 'refresh', id: 9 },
    { machine: 'checks', intent: 'test', id: 9 },
    { machine: 'signIn', intent: 'signInAgain', id: 9 },
  ]);
});

test("revoking asks first, with the connection's name", async () => {
  const window = await open(home(card(Date.now(), { name: 'Finance bot' })));
  await window.press('card-menu');
  await window.press('menu-revoke');
  expect(window.at('revoke-dialog').textContent).toContain('Revoke and delete “Finance bot”?');
  expect(window.asked).toEqual([]);

  await window.press('revoke');

  expect(window.asked).toEqual([{ machine: 'revoke', intent: 'revokeAndDelete', id: 1 }]);
});

test('an unanswered revocation is shown, with both alternatives', async () => {
  const window = await open(scene('home-draft-notices'));
  const half = document.querySelector('[data-kind="notRevoked"]');
  expect(half?.textContent).toContain('is still here');
  expect(window.has('delete-here')).toBe(false);

  await window.press('revoke-again');
  await window.press('revoke-later');

  expect(window.asked).toEqual([
    { machine: 'revoke', intent: 'revokeAndDelete', id: 3 },
    { machine: 'revoke', intent: 'revokeLater', id: 3 },
  ]);
});

test('where an automatic retry is useless, the connection can be deleted locally', async () => {
  const window = await open(scene('home-revoke-notices'));
  expect(window.has('revoke-later')).toBe(false);

  await window.press('delete-here');

  expect(window.asked).toEqual([{ machine: 'revoke', intent: 'deleteHere', id: 1 }]);
});

test('pending revocations are listed with name, reason and next attempt', async () => {
  const window = await open(scene('home-revocations'));
  const lines = [...document.querySelectorAll<HTMLElement>('[data-test="revocation"]')];
  const texts = lines.map((each) => each.textContent ?? '');

  expect(window.at('revocations').textContent).toContain('may still work');
  expect(texts).toHaveLength(5);
  expect(texts[0]).toMatch(/Old newsletter bot.*since .*accounts.zoho.eu cannot be reached.*Next try: /);
  expect(texts[2]).toContain('Asking Zoho…');
  expect(texts[3]).toContain('Not tried again by itself.');
  const disabled = lines.map(
    (each) => each.querySelector<HTMLButtonElement>('[data-test="revoke-now"]')?.disabled,
  );
  expect(disabled).toEqual([false, true, true, false, false]);

  await window.press('revoke-now');

  expect(window.asked).toEqual([{ machine: 'revoke', intent: 'revokeNow', revocation: 21 }]);
});

test('without pending revocations there is no list', async () => {
  const window = await open(scene('home'));

  expect(window.has('revocations')).toBe(false);
});

test('forgetting a revocation sends an intent, which Rust confirms outside the page', async () => {
  const window = await open(scene('home-revocations'));

  await window.press('forget-revocation');

  expect(window.asked).toEqual([{ machine: 'revoke', intent: 'forgetRevocation', revocation: 21 }]);
});

test('after signing in again, the page says that the previous token stays valid', async () => {
  await open(scene('7-use-again'));
  expect(document.body.textContent).toContain('The token from before was not revoked');
});

test('after the first sign-in, no previous token is mentioned', async () => {
  await open(scene('7-use'));
  expect(document.body.textContent).not.toContain('from before');
});

test('an export contains only the access token unless more is ticked', async () => {
  const window = await open(home(card(Date.now())));
  const save = async () => {
    await window.press('save-file');
    await window.press('card-menu');
    await window.press('menu-export');
  };
  await window.press('card-menu');
  await window.press('menu-export');

  await save();
  await window.press('include-client-secret');
  await window.press('format-json');
  await save();
  await window.press('save-file');

  expect(window.asked).toEqual([
    {
      machine: 'share',
      intent: 'export',
      id: 1,
      export: { format: 'dotEnv', refreshToken: false, clientSecret: false },
    },
    {
      machine: 'share',
      intent: 'export',
      id: 1,
      export: { format: 'json', refreshToken: false, clientSecret: true },
    },
    {
      machine: 'share',
      intent: 'export',
      id: 1,
      export: { format: 'dotEnv', refreshToken: false, clientSecret: false },
    },
  ]);
});

test('a new name is sent trimmed, and an unchanged one is not sent', async () => {
  const window = await open(home(card(Date.now(), { name: 'Finance bot' })));
  const rename = async (name: string) => {
    await window.press('card-menu');
    await window.press('menu-rename');
    await window.type('new-name', name);
    await window.press('rename');
  };

  await rename('Finance bot');
  await rename('  Payroll ');

  expect(window.asked).toEqual([{ machine: 'app', intent: 'rename', id: 1, name: 'Payroll' }]);
});

test('search finds connections by name and by e-mail address', async () => {
  const window = await open(home(...crowd(Date.now(), 60)));

  await window.type('search', 'team7@');

  expect(document.querySelectorAll('[data-test="card"]')).toHaveLength(1);
});

test('connections that need the user come first', async () => {
  await open(scene('home'));

  const standings = [...document.querySelectorAll<HTMLElement>('[data-test="card"]')].map(
    (each) => each.dataset['standing'],
  );
  expect(standings.slice(0, 3)).toEqual(['needsYou', 'ended', 'waiting']);
});

test('the refresh token is separate from the other formats, with a warning', async () => {
  const window = await open(scene('connection'));
  expect(window.has('copy-token')).toBe(false);
  const caution = window.at('copy-refreshToken').closest('details');
  expect(caution?.open).toBe(false);
  expect(caution?.textContent).toContain('Careful');

  await window.press('copy-refreshToken');

  expect(window.asked).toEqual([{ machine: 'share', intent: 'copy', id: 1, shape: 'refreshToken' }]);
});

test('the refresh token is shown with the server that accepts it', async () => {
  const shown = scene('connection');
  const window = await open(shown);
  const told = () => window.at('copy-refreshToken').closest('details')?.textContent;
  expect(told()).toContain('works at https://accounts.zoho.eu only');
  expect(told()).toContain('data center EU');

  const connections = shown.connections.map((each) => ({ ...each, host: 'accounts.zoho.eu' }));
  await window.next({ ...shown, connections });
  expect(told()).not.toContain('data centre');
});

test('every format has its own copy button', async () => {
  const window = await open(scene('connection'));
  const shapes = ['zohoHeader', 'bearerHeader', 'curl', 'dotEnv', 'powerShell', 'json', 'postman', 'deluge'];

  for (const shape of shapes) await window.press(`copy-${shape}`);

  expect(window.asked).toEqual(shapes.map((shape) => ({ machine: 'share', intent: 'copy', id: 1, shape })));
});

test('practice is labelled as such, and opens the list of faults', async () => {
  const window = await open(scene('connection-practice'));
  expect(window.at('practice-banner').textContent).toContain('not the real Zoho');

  await window.press('open-practice');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'openPractice' }]);
});

test('permissions are probed on request, with results, and can be stopped', async () => {
  const window = await open(scene('connection'));
  expect(window.at('probe-ZohoCliq.Webhooks.CREATE').textContent).toContain('nothing harmless');
  await window.press('probe-scopes');

  await window.next(scene('connection-probing'));
  expect(window.at('probe-AaaServer.profile.READ').textContent).toContain('Trying');
  await window.press('stop-probing');

  await window.next(scene('connection-probed'));
  expect(window.at('probe-ZohoCliq.Channels.READ').textContent).toMatch(/wait until \d/);
  expect(window.at('probe-ZohoCliq.Teams.READ').textContent).toContain('did not allow');
  expect(window.at('permissions').textContent).toContain('ZohoCliq.Reminders.ALL');
  expect(window.asked).toEqual([
    { machine: 'checks', intent: 'probeScopes', id: 1 },
    { machine: 'checks', intent: 'stopProbing', id: 1 },
  ]);
});

test('permissions are added from page and menu, with what would be lost', async () => {
  const window = await open(scene('connection'));
  await window.press('add-permissions');
  await window.press('menu');
  await window.press('menu-add-permissions');
  expect(window.asked).toEqual([
    { machine: 'signIn', intent: 'addPermissions', id: 1 },
    { machine: 'signIn', intent: 'addPermissions', id: 1 },
  ]);

  await window.next(scene('4-scopes-adding'));
  expect(window.at('adding').textContent).toContain('one of the twenty sign-ins');
  expect(window.at('gives-up').textContent).toContain('ZohoCliq.Reminders.ALL');
});

test('the card of a client credentials token names its organization', async () => {
  const shown = { ...scene('connection-client-credentials'), screen: { kind: 'home' } as const };
  await open(shown);
  expect(document.body.textContent).toContain('Organization 60012345678');
});
