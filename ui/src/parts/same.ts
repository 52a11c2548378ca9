import type { CopiedWhat } from '../bindings';

/** Whether two say the same thing was copied, whatever the order of their fields. */
export function isSame(one: CopiedWhat, other: CopiedWhat): boolean {
  const fields = Object.entries(one);
  const others: Record<string, unknown> = { ...other };
  return (
    fields.length === Object.keys(others).length && fields.every(([name, value]) => others[name] === value)
  );
}
