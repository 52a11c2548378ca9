/** The regions as a context: `App` provides them once, and components read them with `getRegions`. */
import { createContext } from 'svelte';
import type { RegionCode, RegionShown } from './bindings';

export interface Regions {
  readonly all: readonly RegionShown[];
  find(code: RegionCode | null): RegionShown | undefined;
  /** The name of a region, or its code when it is not in the table. */
  nameOf(code: RegionCode): string;
}

const [get, set] = createContext<Regions>();

export const getRegions = get;

/** Reads `all` on each access, so that a change of the table is drawn. */
export function provideRegions(all: () => readonly RegionShown[]): void {
  const find = (code: RegionCode | null) => all().find((region) => region.code === code);
  set({
    get all() {
      return all();
    },
    find,
    nameOf: (code) => find(code)?.name ?? code,
  });
}
