/** What can be done with a connection, as the lines of its menu. */
import type { Card, Moment } from '../bindings';
import { timeOf } from '../clock.svelte';
import { show } from '../dialogs/shown.svelte';
import type { Choice } from '../kit/choice';
import { ask } from '../picture.svelte';
import { t } from '../words';

/** The label of refreshing; where Zoho gives no token before a time, it says so. */
export function refreshLabel(held: Moment | null): string {
  return held === null ? t('menu.refresh') : t('menu.refresh.held', { time: timeOf(held) });
}

/** The lines of `card`'s menu, where Zoho gives it no new token before `held`. */
export function choicesFor(card: Card, held: Moment | null): Choice[] {
  const { id } = card;
  const busy = card.doing !== null;
  return [
    {
      id: 'refresh',
      label: refreshLabel(held),
      icon: 'refresh',
      disabled: busy || held !== null || !card.renews,
      pick: () => ask({ machine: 'tokens', intent: 'refresh', id }),
    },
    {
      id: 'test',
      label: t('menu.test'),
      icon: 'pulse',
      disabled: busy,
      pick: () => ask({ machine: 'checks', intent: 'test', id }),
    },
    { id: 'rename', label: t('menu.rename'), icon: 'pen', pick: () => show({ kind: 'rename', id }) },
    {
      id: 'sign-in-again',
      label: t('menu.again'),
      icon: 'person',
      pick: () => ask({ machine: 'signIn', intent: 'signInAgain', id }),
    },
    {
      id: 'add-permissions',
      label: t('menu.add'),
      icon: 'plus',
      pick: () => ask({ machine: 'signIn', intent: 'addPermissions', id }),
    },
    { id: 'export', label: t('menu.export'), icon: 'download', pick: () => show({ kind: 'export', id }) },
    {
      id: 'setup',
      label: t('menu.setup'),
      icon: 'out',
      pick: () => ask({ machine: 'share', intent: 'saveSetup', id }),
    },
    {
      id: 'handover',
      label: t('menu.handover'),
      icon: 'person',
      disabled: card.refresh === null,
      pick: () => ask({ machine: 'share', intent: 'beginHandover', id }),
    },
    {
      id: 'revoke',
      label: t('menu.revoke'),
      icon: 'trash',
      alarm: true,
      disabled: busy,
      pick: () => show({ kind: 'revoke', id }),
    },
  ];
}
