/** Scenes after a few clicks: menus, dialogs and folds, which no snapshot opens. */
import type { Page } from 'playwright-core';

export interface Pose {
  readonly scene: string;
  readonly press: readonly string[];
  /** A field and the text typed into it. */
  readonly fill?: readonly [string, string];
  /** The control that gets the focus, as by keyboard. */
  readonly focus?: string;
}

export const poses: Record<string, Pose> = {
  'pose-card-menu': { scene: 'home', press: ['card-menu'] },
  'pose-menu-held': { scene: 'connection', press: ['menu'] },
  'pose-show-needs-you': { scene: 'home-many', press: ['show-needsYou'], focus: 'show-needsYou' },
  'pose-show-nobody': { scene: 'home-all-well', press: ['show-needsYou'] },
  'pose-none-found': {
    scene: 'home-many',
    press: ['show-trouble'],
    fill: ['search', 'Newsletter to all of the branches'],
  },
  'pose-rename': { scene: 'connection', press: ['menu', 'menu-rename'] },
  'pose-export': { scene: 'connection', press: ['menu', 'menu-export', 'include-client-secret'] },
  'pose-revoke': { scene: 'connection', press: ['menu', 'menu-revoke'] },
  'pose-revoke-file': { scene: 'connection-file-failed', press: ['menu', 'menu-revoke'] },
  'pose-live-kept': { scene: 'connection-file', press: [], focus: 'stop-live-file' },
  'pose-live-failed': { scene: 'connection-file-failed', press: [], focus: 'stop-live-file' },
  'pose-live-unkept': { scene: 'connection-file-unkept', press: [], focus: 'stop-live-file' },
  'pose-live-needs-you': { scene: 'connection-file-needs-you', press: [], focus: 'stop-live-file' },
  'pose-live-json': { scene: 'connection', press: ['live-json'], focus: 'choose-live-file' },
  'pose-forget': { scene: 'home-revocations', press: ['forget-revocation'] },
  'pose-open-file': { scene: 'welcome', press: ['open-file'] },
  'pose-handover-key': { scene: 'handover', press: ['lock-key'] },
  'pose-offered-scopes': { scene: 'offer-setup', press: ['offered-scopes'] },
  'pose-scopes-and-refresh-token': { scene: 'connection', press: ['scopes', 'refresh-token'] },
  'pose-unsure-and-add': { scene: '1-region-refused', press: ['unsure', 'add-region'] },
  'pose-exact-scopes': { scene: '4-scopes-refused', press: ['exact-scopes', 'one-hour'] },
  'pose-scope-suggestion': { scene: '4-scopes-suggestion', press: ['exact-scopes'] },
  'pose-probed': { scene: 'connection-probed', press: ['scopes'] },
  'pose-cure': { scene: '5-approve-waiting-long', press: ['see-redirect'] },
  'pose-paste-address': { scene: '5-approve-waiting', press: ['paste-address'] },
  'pose-regions-who': { scene: '5-approve-wrong-region', press: ['who-is-asked'] },
  'pose-details': { scene: 'connection-needs-you', press: ['details'] },
  'pose-details-notice': { scene: 'home-draft-notices', press: ['details'] },
  'pose-details-vault': { scene: 'vault-absent', press: ['details'] },
  'pose-details-revocation': { scene: 'home-revocations', press: ['details'] },
  'pose-details-identity': { scene: '6-confirm-unknown', press: ['details'] },
  'pose-missing': { scene: '1-region', press: ['next'] },
  'pose-passphrase': { scene: 'vault-absent', press: ['use-passphrase', 'send-passphrase'] },
  'pose-granted': { scene: '6-confirm', press: ['granted'] },
  'pose-scripts': { scene: 'connection-scripts-denied', press: [], focus: 'copy-command' },
  'pose-focus': { scene: '3-credentials', press: [], focus: 'paste-secret' },
};

export async function strike(page: Page, pose: Pose): Promise<void> {
  for (const test of pose.press) await page.locator(`[data-test="${test}"]`).first().click();
  if (pose.fill) {
    const [test, text] = pose.fill;
    await page.locator(`[data-test="${test}"]`).fill(text);
  }
  if (pose.focus) {
    await page.keyboard.press('Tab');
    await page.locator(`[data-test="${pose.focus}"]`).focus();
  }
}
