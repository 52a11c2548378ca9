/** The text of the page's only live region for screen readers. One for the whole page, so that nothing is read twice. */
let said = $state('');

export function announcement(): string {
  return said;
}

export function announce(text: string): void {
  said = text;
}
