/** What is said aloud to those who do not see it happen. One voice for the page, so that nothing is said twice. */
let said = $state('');

export function announcement(): string {
  return said;
}

export function announce(text: string): void {
  said = text;
}
