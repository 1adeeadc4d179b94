import type { EcosystemId } from '../../model/ecosystem.ts';
import type { VersionComponent, Origin } from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import type { FileRecord, RecordedComponent } from './file-record.ts';

/** A component as timelines tell them apart. */
export interface TimelineComponent {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly requested: string;
  readonly origin: Origin;
  /** Where it comes from, when that tells it from others of the name. */
  readonly place: string;
  /** Number of its ecosystem and name: versions of one name share it. */
  readonly named: number;
}

/** A file of one or more points, in numbers. */
export interface FileFacts {
  readonly role: FileRecord['role'];
  readonly ecosystem: EcosystemId;
  readonly covers: readonly string[];
  /** Component numbers, and `DIRECT | PRODUCTION` for each. */
  readonly components: Uint32Array;
  readonly flags: Uint8Array;
  readonly problems: readonly Problem[];
}

/** Every component of a history under one number: the same component at a hundred points is looked at once. */
export interface ComponentTable {
  readonly components: readonly TimelineComponent[];
  /** How many different names there are. */
  readonly names: () => number;
  take(record: FileRecord): FileFacts;
  /** The number of a component, which it gets when it is new. */
  add(component: RecordedComponent): number;
  /** As `add`, of what a registry released under a name. */
  released(ecosystem: EcosystemId, name: string, version: string, origin: Origin): number;
  /** A place for numbers of components that a reader of versions knows, parallel to these; the same for the same list. */
  numbersOf(known: readonly VersionComponent[]): (number | undefined)[];
}

/** One name, with the numbers of its components by what tells them apart. */
interface Name {
  readonly number: number;
  /** By version: those from a registry. */
  readonly released: Map<string, number>;
  readonly others: Map<string, number>;
}

export function componentTable(): ComponentTable {
  const components: TimelineComponent[] = [];
  const ecosystems = new Map<EcosystemId, Map<string, Name>>();
  const numbers = new WeakMap<readonly VersionComponent[], (number | undefined)[]>();
  let names = 0;

  const nameOf = (ecosystem: EcosystemId, name: string): Name => {
    let byName = ecosystems.get(ecosystem);
    if (byName === undefined) ecosystems.set(ecosystem, (byName = new Map()));
    let found = byName.get(name);
    if (found === undefined)
      byName.set(name, (found = { number: names++, released: new Map(), others: new Map() }));
    return found;
  };

  /** The texts of a release were looked up before, in other files: a key made of them would be a new text each time. */
  const released = (ecosystem: EcosystemId, name: string, version: string, origin: Origin): number => {
    const of = nameOf(ecosystem, name);
    const known = of.released.get(version);
    if (known !== undefined) return known;
    const number = components.length;
    of.released.set(version, number);
    components.push({ ecosystem, name, version, requested: '', origin, place: '', named: of.number });
    return number;
  };

  const numberOf = ([ecosystem, name, version, requested, origin, place]: RecordedComponent): number => {
    const isPlain = origin === 'registry' || origin === 'unknown';
    if (isPlain && version !== '' && requested === '' && place === '')
      return released(ecosystem, name, version, origin);
    const of = nameOf(ecosystem, name);
    const key = `${version}\0${requested}\0${place}${isPlain ? '' : `\0${origin}`}`;
    const known = of.others.get(key);
    if (known !== undefined) return known;
    const number = components.length;
    of.others.set(key, number);
    components.push({ ecosystem, name, version, requested, origin, place, named: of.number });
    return number;
  };

  return {
    components,
    names: () => names,
    add: numberOf,
    released,
    numbersOf: (known) => {
      let made = numbers.get(known);
      if (made === undefined) numbers.set(known, (made = []));
      return made;
    },
    take: ({ role, ecosystem, covers, components: recorded, problems }) => ({
      role,
      ecosystem,
      covers,
      components: Uint32Array.from(recorded, numberOf),
      flags: Uint8Array.from(recorded, (component) => component[6]),
      problems,
    }),
  };
}

/** Whether it has one exact version from a registry: only those have other versions of the same name beside them. */
export const isExact = ({ version, origin }: TimelineComponent): boolean =>
  version !== '' && (origin === 'registry' || origin === 'unknown');

/** Whether advisories can be held against it by name and version. */
export const isCheckable = (component: TimelineComponent): boolean =>
  isExact(component) && ecosystemOf(component.ecosystem).hasAdvisories;
