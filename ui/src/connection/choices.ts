/** The menu of a connection. */
import type { Card, Moment } from '../bindings';
import { timeOf } from '../clock.svelte';
import { show } from '../dialogs/shown.svelte';
import type { Choice } from '../kit/choice';
import { ask } from '../picture.svelte';
import { t } from '../words';

/** The label of "Refresh", with the time until which Zoho issues no token, if there is one. */
export function refreshLabel(held: Moment | null): string {
  return held === null ? t('menu.refresh') : t('menu.refresh.held', { time: timeOf(held) });
}

/** The items of `card`'s menu. `held`: when Zoho next issues a token; `null` when it does now. */
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
