import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/bindings';
import type { Bridge } from '../../src/bridge';
import { ask, draw, isLost, picture } from '../../src/picture.svelte';
import { card, snapshot } from '../fixtures/pieces';

const older = snapshot();
const newer = snapshot({ strays: 1 });

function bridge(changes: Partial<Bridge>): Bridge {
  return {
    follow: () => Promise.resolve(),
    dispatch: () => Promise.resolve(),
    ...changes,
  };
}

test('the latest snapshot is drawn', async () => {
  let show: ((snapshot: Snapshot) => void) | undefined;
  await draw(
    bridge({
      follow: (drawNext) => {
        show = drawNext;
        drawNext(older);
        return Promise.resolve();
      },
    }),
  );
  expect(picture()).toEqual(older);

  show?.(newer);
  expect(picture()).toEqual(newer);
});

test('an unchanged card stays the same object, and the others are replaced', async () => {
  const now = Date.now();
  const one = card(now, { id: 1, standing: { kind: 'needsYou', problem: { code: 'grantEnded' } } });
  const [two, three] = [card(now, { id: 2 }), card(now, { id: 3 })];
  let show: ((snapshot: Snapshot) => void) | undefined;
  await draw(
    bridge({
      follow: (drawNext) => {
        show = drawNext;
        drawNext(snapshot({ connections: [one, two, three] }));
        return Promise.resolve();
      },
    }),
  );
  const before = picture();

  const renewed = { ...two, access: '••••0000' };
  const next = snapshot({ connections: [renewed, structuredClone(one), card(now, { id: 4 })] });
  show?.(structuredClone(next));

  expect(picture()).toEqual(next);
  expect(picture()?.connections[1]).toBe(one);
  expect(picture()?.regions).toBe(before?.regions);

  show?.(structuredClone({ ...next, strays: 2 }));
  expect(picture()?.strays).toBe(2);
  expect(picture()?.connections[0]?.access).toBe('••••0000');
});

test('intents arrive in the order they were sent', async () => {
  const arrived: string[] = [];
  let letGo: (() => void) | undefined;
  const first = new Promise<void>((done) => {
    letGo = done;
  });
  await draw(
    bridge({
      dispatch: async ({ intent }) => {
        if (intent === 'start') await first;
        arrived.push(intent);
      },
    }),
  );

  void ask({ machine: 'signIn', intent: 'start' });
  const second = ask({ machine: 'signIn', intent: 'next' });
  letGo?.();
  await second;

  expect(arrived).toEqual(['start', 'next']);
});

test('when Rust does not answer, the page says so', async () => {
  await draw(bridge({ follow: () => Promise.reject(new Error('gone')) }));

  expect(isLost()).toBe(true);
});
