/**
 * The time of day as the page sees it. One timer for the whole page; nothing else here reads the clock.
 * Deliberately absent: any decision. What is due is Rust's to say; this only draws how much is left.
 */
let now = $state(Date.now());
/** Apart, so that what tells a time of day is not looked over each second. */
const today = $derived(new Date(now).toDateString());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since the epoch, renewed each second while someone looks. */
export function moment(): number {
  return now;
}

/** Renews it now: a picture that came since the last second is not drawn at a time before it. */
export function readClock(): void {
  now = Date.now();
}

/** Keeps the clock going until the returned function is called. */
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

/** "14:05" today, with the day otherwise. */
export function timeOf(millis: number): string {
  return (new Date(millis).toDateString() === today ? clockTime : dayAndTime).format(millis);
}

/** "0:42" for a running time. */
export function elapsed(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole minutes left, rounded up so that "1 min" is the last one. */
export function minutesLeft(until: number): number {
  return Math.max(0, Math.ceil((until - now) / 60_000));
}
