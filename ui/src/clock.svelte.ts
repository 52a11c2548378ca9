/**
 * The page's clock. One timer for the whole page; nothing else in the page reads the system clock.
 * Deliberately absent: any decision. Rust decides what is due; the page only shows how much time is left.
 */
let now = $state(Date.now());
/** Derived, so that a text with a time of day is computed again once a day, not every second. */
const today = $derived(new Date(now).toDateString());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since the epoch, updated every second while something watches the clock. */
export function moment(): number {
  return now;
}

/** Updates the time now, so that a snapshot is never drawn with a time before its own. */
export function readClock(): void {
  now = Date.now();
}

/** Keeps the clock running until the returned function is called. */
export function watchClock(): () => void {
  watchers += 1;
  readClock();
  timer ??= setInterval(readClock, 1000);
  return () => {
    watchers -= 1;
    if (watchers === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** "14:05" for a time today; for others, the day too. */
export function timeOf(millis: number): string {
  return (new Date(millis).toDateString() === today ? clockTime : dayAndTime).format(millis);
}

/** A duration as "0:42". */
export function elapsed(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole minutes left, rounded up so that "1 min" is the last one. */
export function minutesLeft(until: number): number {
  return Math.max(0, Math.ceil((until - now) / 60_000));
}
