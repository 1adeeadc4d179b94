import { installPlace, seenFolders } from './node-resolution.ts';

/**
 * Places in `node_modules` by number, for many versions of one lockfile: which folders Node looks into depends on where it is
 * asked from alone, and not on what a version has installed there.
 */
export interface InstallPlaces {
  /** Where an entry at `location` is found; `undefined` for what is found nowhere. */
  placeOf(location: string): InstallPlace | undefined;
  nameOf(name: string): number;
  /** The folders whose `node_modules` are seen from `location`, nearest first; `undefined` when they are too many to be kept. */
  foldersFrom(location: string): readonly number[] | undefined;
  /** How many names and folders there are until now. */
  names(): number;
  folders(): number;
}

export interface InstallPlace {
  readonly folder: number;
  readonly name: number;
}

/** The folder of the lockfile itself: most is installed there. */
export const TOP = 0;

/** Real lockfiles nest no deeper than ten levels. */
const MOST_FOLDERS = 64;

export function installPlaces(): InstallPlaces {
  const folders = new Map<string, number>([['', TOP]]);
  const names = new Map<string, number>();
  const nameOf = (name: string): number => numberIn(names, name);
  return {
    placeOf(location) {
      const place = installPlace(location);
      return place === undefined
        ? undefined
        : { folder: numberIn(folders, place.folder), name: nameOf(place.name) };
    },
    nameOf,
    foldersFrom: (location) =>
      seenFolders(location, MOST_FOLDERS)?.map((folder) => numberIn(folders, folder)),
    names: () => names.size,
    folders: () => folders.size,
  };
}

function numberIn(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) numbers.set(text, (number = numbers.size));
  return number;
}
