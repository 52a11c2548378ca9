/** The state of a connection as text, ring and group. Shared by the cards and the page of a connection. */
import type { Card, Meter, Moment, Standing } from '../bindings';
import { moment, timeOf } from '../clock.svelte';
import { waitsUntil } from '../remedy';
import { counted, type Key, t } from '../words';

export type Group = 'needsYou' | 'trouble' | 'working';
export const GROUPS: readonly Group[] = ['needsYou', 'trouble', 'working'];

export function groupOf(card: Card): Group {
  switch (card.standing.kind) {
    case 'needsYou':
    case 'ended':
      return 'needsYou';
    case 'waiting':
      return 'trouble';
    case 'heldBack':
      return 'working';
    default:
      return card.liveFile?.problem ? 'trouble' : 'working';
  }
}

export type RingState = 'running' | 'busy' | 'trouble' | 'over';

export function ringOf(card: Card): RingState {
  if (card.doing !== null) return 'busy';
  if (card.standing.kind === 'ended' || card.standing.kind === 'needsYou') return 'over';
  return card.standing.kind === 'waiting' ? 'trouble' : 'running';
}

const hour = 3_600_000;

/** The remaining part of the token's hour, from 0 to 1. */
export function partLeft(card: Card): number {
  return Math.max(0, card.expiresAt - moment()) / hour;
}

/** "42 min left", or that the token has expired. */
export function leftInWords(minutes: number): string {
  return minutes > 0 ? counted('card.left', minutes) : t('card.ended');
}

/** Until when Zoho issues no new token, according to the card and its page's meters; `null` when it issues one now. */
export function heldUntil(card: Card, meters: readonly Meter[] = []): Moment | null {
  const free = meters.find((meter) => meter.what === 'accessTokens')?.freeAt ?? null;
  return free !== null && free > moment() ? free : pausedUntil(card.standing);
}

function pausedUntil(standing: Standing): Moment | null {
  if (standing.kind === 'heldBack') return standing.againAt > moment() ? standing.againAt : null;
  return standing.kind === 'waiting' ? waitsUntil(standing.problem, moment()) : null;
}

/** What happens next: a refresh now, an automatic one later, a retry after a failure, or the token's expiry. */
export function nextInWords(card: Card): string {
  if (card.doing !== null) return t(`card.doing.${card.doing}`);
  if (card.standing.kind === 'heldBack') return t('card.refreshes', { time: timeOf(card.standing.againAt) });
  if (card.standing.kind === 'waiting') return t('card.retries', { time: timeOf(card.standing.againAt) });
  if (card.standing.kind === 'needsYou') return '';
  if (card.standing.kind === 'resting') return t('card.resting');
  if (card.refreshesAt !== null) return t('card.refreshes', { time: timeOf(card.refreshesAt) });
  return card.standing.kind === 'ended' ? '' : t('card.ends', { time: timeOf(card.expiresAt) });
}

/** The state as a sentence, for the page of the connection. */
export function standingInWords(card: Card): string {
  if (card.doing === 'refreshing') return t('connection.status.refreshing');
  if (card.doing === 'revoking') return t('connection.status.revoking');
  switch (card.standing.kind) {
    case 'needsYou':
      return t('connection.status.needsYou');
    case 'ended':
      return t('connection.status.ended');
    case 'heldBack':
      return t('connection.status.held', { time: timeOf(card.standing.againAt) });
    case 'waiting':
      return t('connection.status.waiting', { time: timeOf(card.standing.againAt) });
    case 'resting':
      return t('connection.status.resting');
    default:
      return t(goodFor(card), { time: timeOf(card.expiresAt) });
  }
}

/** What follows the hour of a good token: an automatic refresh, one on request, or its expiry. */
function goodFor(card: Card): Key {
  if (card.refreshesAt !== null) return 'connection.status.fresh';
  return !card.renews ? 'connection.status.hour' : 'connection.status.unkept';
}
