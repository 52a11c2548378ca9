/** Whether two values are deeply equal, in any order of their fields. */
export function isSame<T>(one: T, other: T): boolean {
  if (one === other) return true;
  if (!isThing(one) || !isThing(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}

function isThing(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
