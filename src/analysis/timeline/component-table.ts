import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Origin } from '../../model/extractor.ts';
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
}

export function componentTable(): ComponentTable {
  const components: TimelineComponent[] = [];
  const numbers = new Map<string, number>();
  const names = new Map<string, number>();

  const numberOf = ([ecosystem, name, version, requested, origin, place]: RecordedComponent): number => {
    const named = `${ecosystem}\0${name}`;
    const isPlain = origin === 'registry' || origin === 'unknown';
    const key = isPlain
      ? `${named}\0${version}\0${requested}\0${place}`
      : `${named}\0${version}\0${requested}\0${place}\0${origin}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = components.length;
    numbers.set(key, number);
    let nameNumber = names.get(named);
    if (nameNumber === undefined) names.set(named, (nameNumber = names.size));
    components.push({ ecosystem, name, version, requested, origin, place, named: nameNumber });
    return number;
  };

  return {
    components,
    names: () => names.size,
    add: numberOf,
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
