/** What can be done with a connection, as the lines of its menu. */
import type { Card } from '../bindings';
import { show } from '../dialogs/shown.svelte';
import { ask } from '../picture.svelte';
import { t } from '../words';
import type { IconName } from './drawings';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly alarm?: boolean;
  readonly disabled?: boolean;
  readonly pick: () => void;
}

export function choicesFor(card: Card): Choice[] {
  const { id } = card;
  const busy = card.doing !== null;
  return [
    {
      id: 'refresh',
      label: t('menu.refresh'),
      icon: 'refresh',
      disabled: busy || card.refresh === null,
      pick: () => ask({ intent: 'refresh', id }),
    },
    {
      id: 'test',
      label: t('menu.test'),
      icon: 'pulse',
      disabled: busy,
      pick: () => ask({ intent: 'test', id }),
    },
    { id: 'rename', label: t('menu.rename'), icon: 'pen', pick: () => show({ kind: 'rename', id }) },
    {
      id: 'sign-in-again',
      label: t('menu.again'),
      icon: 'person',
      pick: () => ask({ intent: 'signInAgain', id }),
    },
    {
      id: 'add-permissions',
      label: t('menu.add'),
      icon: 'plus',
      pick: () => ask({ intent: 'addPermissions', id }),
    },
    { id: 'export', label: t('menu.export'), icon: 'download', pick: () => show({ kind: 'export', id }) },
    { id: 'set-up', label: t('menu.setUp'), icon: 'out', pick: () => ask({ intent: 'saveSetUp', id }) },
    {
      id: 'hand-over',
      label: t('menu.handOver'),
      icon: 'person',
      disabled: card.refresh === null,
      pick: () => ask({ intent: 'beginHandOver', id }),
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
