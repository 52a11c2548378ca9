import type { CopiedWhat } from '../bindings';

/** Whether two say the same thing was copied, whatever the order of their fields. */
export function isSame(one: CopiedWhat, other: CopiedWhat): boolean {
  return isEqual(one, other);
}

function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const fields = Object.entries(one);
  const others = new Map(Object.entries(other));
  return fields.length === others.size && fields.every(([name, value]) => isEqual(value, others.get(name)));
}
