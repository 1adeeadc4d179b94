import type { Instant } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { CriticalComponent, Upkeep, UpkeepSign } from '../../model/critical.ts';
import { PRIORITIES, type Priority } from '../../model/finding.ts';

/** What is known of how one component is kept. */
export type UpkeepFacts = Pick<
  CriticalComponent,
  'signs' | 'unknown' | 'released' | 'newest' | 'maintainers'
>;

export interface UpkeepInput {
  readonly component: Component;
  /** Open findings by priority, and how many of them are malicious code. */
  readonly open: Readonly<Record<Priority, number>>;
  readonly malware: number;
  /** Its advisories could be looked up. */
  readonly checked: boolean;
  /** A file that names it would say if it were deprecated. */
  readonly deprecationStated: boolean;
  readonly upkeep: Upkeep | undefined;
  /** The time of the scan: ages are counted from it. */
  readonly now: Instant;
}

/** Years without a release after which a name with one maintainer counts as abandoned, and after which a version is old. */
const ABANDONED_YEARS = 2;
const OLD_YEARS = 3;

/** Signs, bad ones first, and what could not be seen. The rules are those of docs/critical.md. */
export function upkeepOf(input: UpkeepInput): UpkeepFacts {
  const { component, upkeep, now } = input;
  const released = upkeep?.releases.find(({ version }) => version === component.version)?.at;
  const newest = upkeep?.releases.reduce<Instant | undefined>(
    (latest, { at }) => (at !== undefined && (latest === undefined || at > latest) ? at : latest),
    undefined,
  );
  const age = yearsBetween(released, now);
  const quiet = yearsBetween(newest, now);
  const maintainers = upkeep?.maintainers;
  const signs = [...findingSigns(input), ...deprecationSigns(input), ...keeperSigns(maintainers, age, quiet)];
  return {
    signs: [
      ...signs.filter(({ effect }) => effect === 'bad'),
      ...signs.filter(({ effect }) => effect === 'note'),
    ],
    unknown: [
      ...(input.checked ? [] : (['advisories'] as const)),
      ...(maintainers === undefined ? (['maintainers'] as const) : []),
      ...(age === undefined ? (['age'] as const) : []),
      ...(input.deprecationStated || upkeep !== undefined ? [] : (['deprecation'] as const)),
    ],
    ...(released === undefined ? {} : { released }),
    ...(newest === undefined ? {} : { newest }),
    ...(maintainers === undefined ? {} : { maintainers }),
  };
}

function findingSigns({ open, malware }: UpkeepInput): UpkeepSign[] {
  const priorities = PRIORITIES.filter((priority) => open[priority] > 0);
  const words = priorities.map(
    (priority) => `${open[priority]} ${priority === 'unknown' ? 'unscored' : priority}`,
  );
  const grave = priorities.some((priority) => priority !== 'medium' && priority !== 'low');
  return [
    ...(malware > 0 ? [{ code: 'malware', text: 'known to be malicious', effect: 'bad' } as const] : []),
    ...(words.length === 0
      ? []
      : [
          {
            code: 'findings',
            text: `open findings: ${words.join(', ')}`,
            effect: grave ? 'bad' : 'note',
          } as const,
        ]),
  ];
}

function deprecationSigns({ component, upkeep }: UpkeepInput): UpkeepSign[] {
  const version = upkeep?.releases.find((release) => release.version === component.version);
  const said = component.deprecated ?? version?.deprecated ?? upkeep?.deprecated;
  return [
    ...(said === undefined
      ? []
      : [{ code: 'deprecated', text: `deprecated: ${said}`, effect: 'bad' } as const]),
    ...(version?.withdrawn === true
      ? [{ code: 'withdrawn', text: 'this version was withdrawn (yanked)', effect: 'bad' } as const]
      : []),
    ...(upkeep?.archived === true
      ? [{ code: 'archived', text: 'its repository is archived', effect: 'bad' } as const]
      : []),
  ];
}

function keeperSigns(
  maintainers: number | undefined,
  age: number | undefined,
  quiet: number | undefined,
): UpkeepSign[] {
  const signs: UpkeepSign[] = [];
  const abandoned =
    maintainers === 1 && (age ?? 0) > ABANDONED_YEARS && quiet !== undefined && quiet > ABANDONED_YEARS;
  if (abandoned)
    signs.push({
      code: 'abandoned',
      text: `one account may publish it, and has not for ${inYears(quiet)}`,
      effect: 'bad',
    });
  else if (maintainers === 1)
    signs.push({ code: 'one-maintainer', text: 'one account may publish it', effect: 'note' });
  else if (maintainers === 2)
    signs.push({ code: 'few-maintainers', text: 'two accounts may publish it', effect: 'note' });
  if (age !== undefined && age > OLD_YEARS)
    signs.push({ code: 'old', text: `this version is ${inYears(age)} old`, effect: 'note' });
  return signs;
}

const inYears = (years: number): string => `${Math.floor(years)} years`;

/** Years of 365.25 days; `undefined` when either time cannot be read. */
function yearsBetween(from: Instant | undefined, to: Instant): number | undefined {
  if (from === undefined) return undefined;
  const span = Date.parse(to) - Date.parse(from);
  return Number.isNaN(span) ? undefined : span / (365.25 * 86_400_000);
}
