/** The regions, as a context: `App` provides them once, and a component that needs them reads them from here. */
import { createContext } from 'svelte';
import type { RegionCode, RegionShown } from './bindings';

export interface Regions {
  readonly all: readonly RegionShown[];
  find(code: RegionCode | null): RegionShown | undefined;
  /** The name of a region, or its code when the table does not have it. */
  nameOf(code: RegionCode): string;
}

const [get, set] = createContext<Regions>();

export const getRegions = get;

/** `all` is called at each reading, so that what is drawn follows a change of the table. */
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
