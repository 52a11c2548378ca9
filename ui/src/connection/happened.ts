/** The text of an activity entry. */
import type { Happened, Region } from '../bindings';
import { timeOf } from '../clock.svelte';
import { said } from '../remedy';
import { t } from '../words';

export function inWords(what: Happened, regions: readonly Region[]): string {
  switch (what.kind) {
    case 'tested':
      return t(`activity.tested.${what.proof}`);
    case 'copied':
      return t('activity.copied', { shape: t(`copy.${what.shape}`) });
    case 'exported':
      return t(what.refreshToken || what.clientSecret ? 'activity.exported.more' : 'activity.exported');
    case 'handedOver':
      return t(what.to ? 'activity.handedOver.to' : 'activity.handedOver', {
        to: what.to,
        until: timeOf(what.until),
      });
    case 'failed':
      return t(`activity.failed.${what.act}`, { why: said(what.problem, regions).title });
    default:
      return t(`activity.${what.kind}`);
  }
}
