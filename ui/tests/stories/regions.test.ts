// Shows T25.
/** Finding the region that knows a Client ID, after the user has read what is sent. */
import { expect, test } from 'vitest';
import { longHost } from '../fixtures/scenes';
import { open, scene } from './window';

test('the page says what is sent to whom before any region is asked', async () => {
  const window = await open(scene('5-approve-wrong-region'));
  const text = window.at('which-region').textContent;
  expect(text).toContain('Zoho’s other 9 regions. Each is sent the Client ID and the Client Secret');
  expect(text).toContain('accounts.zohocloud.ca');
  expect(text).not.toContain('accounts.zoho.eu');

  await window.press('ask-regions');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'askOtherRegions' }]);
});

test('the regions to be asked are visible, without added ones', async () => {
  const window = await open(scene('5-approve-region-added'));

  expect(window.at('who-is-asked').querySelectorAll('li')).toHaveLength(9);
  expect(window.at('who-is-asked').textContent).not.toContain('Singapore');
});

test('an added region has its own button, which names its host', async () => {
  const window = await open(scene('5-approve-region-added'));
  expect(window.at('ask-sg').textContent).toContain(longHost);
  expect(window.at('added-sg').textContent).toContain('the Client Secret');

  await window.press('ask-sg');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'askRegion', region: 'sg' }]);
});

test('a client without a secret is looked up without one', async () => {
  const wrong = scene('5-approve-wrong-region');
  if (wrong.draft) wrong.draft.clientSecret = null;
  const window = await open(wrong);

  expect(window.at('which-region').textContent).not.toContain('Client Secret');
});

test('asking shows how many have answered, and can be stopped', async () => {
  const window = await open(scene('5-approve-regions-asked'));
  expect(window.at('which-region').textContent).toContain('2 of 9 have answered');
  expect(window.has('ask-regions')).toBe(false);

  await window.press('stop-asking');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'stopAsking' }]);
});

test('the region that knows the client is named, with a button to switch', async () => {
  const window = await open(scene('5-approve-regions-one'));
  expect(window.at('which-region').textContent).toContain('India knows it');
  expect(window.has('ask-regions')).toBe(false);

  await window.press('switch-to-in');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'switchRegion', region: 'in' }]);
});

test('when several regions know the client, each is offered', async () => {
  const window = await open(scene('5-approve-regions-several'));

  for (const region of ['us', 'in', 'ae']) await window.press(`switch-to-${region}`);

  expect(window.asked).toEqual(
    ['us', 'in', 'ae'].map((region) => ({ machine: 'signIn', intent: 'switchRegion', region })),
  );
  expect(window.has('switch-to-jp')).toBe(false);
});

test('when no region knows the client, the page suggests checking the Client ID', async () => {
  const window = await open(scene('5-approve-regions-none'));

  expect(window.at('which-region').textContent).toContain('Copy the Client ID once more');
  expect(window.has('ask-regions')).toBe(false);
});

test('regions without an answer are named and can be asked again', async () => {
  const window = await open(scene('5-approve-regions-silent'));
  expect(window.at('which-region').textContent).toContain('No answer from Japan and China');

  await window.press('ask-regions');

  expect(window.asked).toEqual([{ machine: 'signIn', intent: 'askOtherRegions' }]);
});

test('the host of an added region is shown on card, page, approval and "Is this you?"', async () => {
  for (const name of [
    'home-region-added',
    'connection-region-added',
    '5-approve-host',
    '6-confirm-region-added',
  ]) {
    const window = await open(scene(name));
    expect(window.at('host').textContent, name).toBe(longHost);
  }
  const zohos = await open(scene('6-confirm'));
  expect(zohos.has('host')).toBe(false);
});

test('a handover shows the region that refreshes it, even if it differs', async () => {
  const window = await open(scene('offer-handover'));
  expect(window.at('renews-at').textContent).toContain('United States');
  expect(window.at('renews-at').textContent).toContain('accounts.zoho.com');
});
