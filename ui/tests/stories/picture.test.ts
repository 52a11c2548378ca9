import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/bindings';
import type { Bridge } from '../../src/bridge';
import { ask, draw, isLost, picture } from '../../src/picture.svelte';
import { snapshot } from '../fixtures/pieces';

const older = snapshot(1);
const newer = snapshot(2);

function bridge(changes: Partial<Bridge>): Bridge {
  return {
    follow: () => Promise.resolve(),
    dispatch: () => Promise.resolve(),
    ...changes,
  };
}

test('the picture that came last is the one that is drawn', async () => {
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
  expect(picture()).toBe(older);

  show?.(newer);
  expect(picture()).toBe(newer);
});

test('what is asked arrives in the order it was asked', async () => {
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

  void ask({ intent: 'start' });
  const second = ask({ intent: 'next' });
  letGo?.();
  await second;

  expect(arrived).toEqual(['start', 'next']);
});

test('when Rust does not answer, the page says that it lost touch', async () => {
  await draw(bridge({ follow: () => Promise.reject(new Error('gone')) }));

  expect(isLost()).toBe(true);
});
