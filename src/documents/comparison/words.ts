import type { Comparison, ComponentChange, EdgeChange, FindingChange } from '../../model/comparison.ts';
import { counted, grouped } from '../common/words.ts';

/** Something that a reviewer should see before all else. */
export interface Notable {
  /** Stable, e.g. `integrity-changed`. */
  readonly code: string;
  readonly urgent: boolean;
  /** What it means, e.g. `other bytes under the same version`. */
  readonly words: string;
  /** What it is about: `left-pad 1.3.0`, with details. */
  readonly items: readonly string[];
}

/** What is out of the ordinary, most telling first; kinds without a case are left out. */
export function notables({ components, files, settings }: Comparison): Notable[] {
  const found: Notable[] = [];
  const add = (code: string, urgent: boolean, words: string, items: readonly string[]): void => {
    if (items.length > 0) found.push({ code, urgent, words, items });
  };
  const having = (
    test: (change: ComponentChange) => boolean,
    words: (change: ComponentChange) => string,
  ): string[] => [...new Set(components.filter(test).map(words))];
  add(
    'integrity-changed',
    true,
    'other bytes under the same version',
    having(
      ({ integrity }) => integrity === 'changed',
      (change) => `${label(change)}${inFile(change)}`,
    ),
  );
  add(
    'integrity-gone',
    true,
    'hash gone: a changed archive would not be noticed',
    having(({ integrity }) => integrity === 'gone', label),
  );
  add(
    'integrity-differs',
    false,
    'list of hashes changed under the same version',
    having(({ integrity }) => integrity === 'differs', label),
  );
  add(
    'origin',
    true,
    'taken from another kind of place',
    having(
      ({ aspects }) => aspects.includes('origin'),
      (change) => `${label(change)} (${change.before!.origin} → ${change.after!.origin})`,
    ),
  );
  add(
    'not-registry',
    true,
    'new, and not from a registry',
    having(
      ({ kind, after }) => kind === 'added' && ['git', 'url', 'file'].includes(after!.origin),
      (change) => `${label(change)} (${change.after!.origin})`,
    ),
  );
  add(
    'host',
    true,
    'another host serves it',
    having(({ aspects }) => aspects.includes('host'), label),
  );
  add(
    'source',
    false,
    'same version, another address',
    having(({ aspects }) => aspects.includes('source'), label),
  );
  add(
    'install-script',
    true,
    'runs a script when it is installed',
    having(
      ({ kind, aspects, after }) =>
        aspects.includes('install-script') || (kind === 'added' && after!.installScript === 'yes'),
      (change) => `${label(change)}${change.kind === 'added' ? ' (new)' : ' (had none)'}`,
    ),
  );
  add(
    'downgraded',
    true,
    'moved down',
    having(({ kind }) => kind === 'downgraded', label),
  );
  add(
    'licence',
    false,
    'other licence',
    having(
      ({ aspects }) => aspects.includes('licence'),
      (change) =>
        `${label(change)} (${change.before!.licences.join(', ')} → ${change.after!.licences.join(', ')})`,
    ),
  );
  add(
    'deprecated',
    false,
    'deprecated by its maintainers',
    having(
      ({ kind, aspects, after }) =>
        aspects.includes('deprecated') || (kind === 'added' && after!.deprecated !== undefined),
      label,
    ),
  );
  add(
    'production',
    false,
    'production needs it now',
    having(
      ({ before, after }) =>
        before !== undefined &&
        after !== undefined &&
        !inProduction(before.scopes) &&
        after.scopes.includes('prod'),
      label,
    ),
  );
  add(
    'lock-only',
    false,
    'lockfile changed, no declared range did',
    files.filter(({ moved }) => moved === 'lock-only').map(({ path }) => path),
  );
  add(
    'manifest-only',
    true,
    'declared ranges changed, the lockfile did not',
    files.filter(({ moved }) => moved === 'manifest-only').map(({ path }) => path),
  );
  add(
    'settings',
    true,
    'steers what is installed',
    settings.map(({ path, kind, steers }) => `${path} ${kind} (${steers})`),
  );
  return found;
}

const inProduction = (scopes: readonly string[]): boolean => scopes.length === 0 || scopes.includes('prod');

/** `name 1.0.0 → 1.1.0`, `name 1.0.0`, `name ^1`. */
export function label({ name, before, after }: ComponentChange): string {
  const versions = [before, after].flatMap((state) =>
    state === undefined ? [] : [state.version === '' ? (state.requested ?? 'any') : state.version],
  );
  return `${name} ${[...new Set(versions)].join(' → ')}`;
}

function inFile({ at }: ComponentChange): string {
  const [first] = at;
  if (first === undefined) return '';
  return ` (${first.path}${first.line === undefined ? '' : `:${first.line}`}${at.length > 1 ? ` and ${at.length - 1} more` : ''})`;
}

export const isDirect = ({ before, after }: ComponentChange): boolean =>
  before?.direct === 'yes' || after?.direct === 'yes';

/** `12 changes of 1,116 components: 3 new, 7 up, 1 down, 1 gone`. */
export function summaryWords({ components, head, edges }: Comparison): string {
  const counts = new Map<string, number>();
  for (const { kind } of components) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = KINDS.flatMap(([kind, word]) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [`${grouped(count)} ${word}`];
  });
  if (components.length === 0)
    return edges.length === 0
      ? `nothing changed in ${counted(head.components, 'component')}`
      : `the same ${counted(head.components, 'component')}; ${counted(edges.length, 'edge')} changed`;
  const direct = components.filter(isDirect).length;
  return `${counted(components.length, 'change')} to ${counted(head.components, 'component')}: ${parts.join(', ')}; ${direct === 0 ? 'none' : grouped(direct)} direct`;
}

const KINDS = [
  ['added', 'new'],
  ['upgraded', 'up'],
  ['downgraded', 'down'],
  ['moved', 'moved'],
  ['locked', 'locked'],
  ['unlocked', 'no longer locked'],
  ['changed', 'same version but changed'],
  ['removed', 'gone'],
] as const;

/** `findings: 2 new (1 high), 1 worse, 5 gone; 44 remain`. */
export function findingWords({ findings, remaining }: Comparison): string {
  const of = (kind: FindingChange['kind']): readonly FindingChange[] =>
    findings.filter((one) => one.kind === kind);
  const levels = (list: readonly FindingChange[]): string => {
    const counts = (['critical', 'high', 'unknown', 'medium', 'low'] as const).flatMap((level) => {
      const count = list.filter(({ priority }) => priority === level).length;
      return count === 0 ? [] : [`${count} ${level === 'unknown' ? 'unscored' : level}`];
    });
    return counts.length === 0 ? '' : ` (${counts.join(', ')})`;
  };
  const parts = (
    [
      ['appeared', 'new'],
      ['worse', 'worse'],
      ['disappeared', 'gone'],
    ] as const
  ).flatMap(([kind, word]) => {
    const list = of(kind);
    return list.length === 0 ? [] : [`${grouped(list.length)} ${word}${levels(list)}`];
  });
  return `findings: ${parts.length === 0 ? 'none new, none gone' : parts.join(', ')}; ${grouped(remaining)} remain${remaining === 1 ? 's' : ''}`;
}

/** Edges that are not told by a component that came or went: a kept parent asks for something else, or with other ranges. */
export function tellingEdges({ edges, components }: Comparison): readonly EdgeChange[] {
  const come = new Set(
    components.flatMap(({ kind, known, name }) => (kind === 'added' && known !== true ? [name] : [])),
  );
  const gone = new Set(components.flatMap(({ kind, name }) => (kind === 'removed' ? [name] : [])));
  return edges.filter(({ kind, from, to }) => {
    if (kind === 'added') return !come.has(from) && !come.has(to);
    if (kind === 'removed') return !gone.has(from) && !gone.has(to);
    return !come.has(from) && !gone.has(from);
  });
}

/** Added components that a person decides about, each with the names of what only comes along below it. */
export function additions(components: readonly ComponentChange[]): {
  readonly top: ComponentChange;
  readonly below: readonly ComponentChange[];
}[] {
  const added = components.filter(({ kind }) => kind === 'added');
  const tops = added.filter(({ topmost }) => topmost);
  const byLabel = new Map(tops.map((top) => [purlLabel(top), { top, below: [] as ComponentChange[] }]));
  for (const change of added) {
    if (change.topmost) continue;
    // The way to it leads through what was there before, then through new ones: the first of these is where it hangs.
    const above = change.path.map((step) => byLabel.get(step)).find((found) => found !== undefined);
    (above ?? byLabel.values().next().value)?.below.push(change);
  }
  return [...byLabel.values()];
}

const purlLabel = ({ name, after }: ComponentChange): string =>
  after!.version === '' ? name : `${name}@${after!.version}`;
