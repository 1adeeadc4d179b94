import { installPlace, seenFolders } from './node-resolution.ts';

/**
 * Places in `node_modules` by number, for many versions of one lockfile: which places Node looks at for a name depends on
 * where it is asked from alone, and not on what a version has installed there.
 */
export interface InstallSlots {
  /** The place that an entry at `location` takes; -1 when nothing finds it there. */
  slotOf(location: string): number;
  /** The places that are looked at from `location` for `name`, nearest first; `undefined` when they are too many to be kept. */
  slotsFor(location: string, name: string): readonly number[] | undefined;
  /** How many there are until now. */
  count(): number;
}

/** Real lockfiles nest no deeper than ten levels. */
const MOST_FOLDERS = 64;
/** Numbers of folders and names are joined in one. */
const MOST_NAMES = 2 ** 26;

export function installSlots(): InstallSlots {
  const folders = new Map<string, number>();
  const names = new Map<string, number>();
  const slots = new Map<number, number>();
  const seen = new Map<string, readonly number[] | undefined>();

  const numberIn = (numbers: Map<string, number>, text: string): number => {
    let number = numbers.get(text);
    if (number === undefined) numbers.set(text, (number = numbers.size));
    return number;
  };
  const slotIn = (folder: number, name: number): number => {
    const key = folder * MOST_NAMES + name;
    let slot = slots.get(key);
    if (slot === undefined) slots.set(key, (slot = slots.size));
    return slot;
  };
  const foldersFrom = (location: string): readonly number[] | undefined => {
    if (seen.has(location)) return seen.get(location);
    const made = seenFolders(location, MOST_FOLDERS)?.map((folder) => numberIn(folders, folder));
    seen.set(location, made);
    return made;
  };

  return {
    slotOf(location) {
      const place = installPlace(location);
      return place === undefined ? -1 : slotIn(numberIn(folders, place.folder), numberIn(names, place.name));
    },
    slotsFor(location, name) {
      const number = numberIn(names, name);
      return foldersFrom(location)?.map((folder) => slotIn(folder, number));
    },
    count: () => slots.size,
  };
}
