/**
 * Measures how long the page is busy, in milliseconds. A measurement starts with a frame, so that it includes no wait
 * for one: the work, then style, layout and paint.
 */
import type { Page } from 'playwright-core';
import type { Snapshot } from '../../src/bindings';

/** The length of a frame at 60 Hz, in milliseconds. */
export const frameLength = 16.7;

export interface Stopwatch {
  /** The work and the frame that shows it. */
  frame(work: () => void): Promise<number>;
  /** Each frame while a list is scrolled from the first card to the last, a tenth of its height at a time. */
  scroll(list: HTMLElement): Promise<number[]>;
  /** Each frame until `isSo` returns true. */
  until(isSo: () => boolean): Promise<number[]>;
}

declare global {
  interface Window {
    readonly stopwatch: Stopwatch;
    /** Of the gallery: draws another snapshot. */
    readonly show: (snapshot: Snapshot) => void;
  }
}

/** Adds the stopwatch to a page. */
export function bring(page: Page): Promise<void> {
  return page.evaluate(() => {
    const painted = () =>
      new Promise<void>((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done();
        port2.postMessage(null);
      });
    const frame = (work: () => void) =>
      new Promise<number>((done) => {
        requestAnimationFrame(async () => {
          const began = performance.now();
          work();
          await painted();
          done(performance.now() - began);
        });
      });
    const stopwatch: Stopwatch = {
      frame,
      async scroll(list) {
        const frames: number[] = [];
        for (let at = 0; at + list.clientHeight < list.scrollHeight; at += list.clientHeight / 10) {
          frames.push(
            await frame(() => {
              list.scrollTop = at;
            }),
          );
        }
        return frames;
      },
      async until(isSo) {
        const frames: number[] = [];
        while (!isSo()) frames.push(await frame(() => {}));
        return frames;
      },
    };
    Object.assign(window, { stopwatch });
  });
}
