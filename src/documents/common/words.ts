import type { Instant } from '../../model/advisory.ts';
import type { Problem } from '../../model/problem.ts';
import type { NotChecked, Snapshot } from '../../model/result.ts';

/** What a reader must know before trusting a report, in sentences: data, gaps, problems. Empty never: the data is always named. */
export function caveats(snapshot: Snapshot): readonly string[] {
  return [...dataWords(snapshot), ...snapshot.notChecked.map(notCheckedWords), ...lossWords(snapshot)];
}

/** Which advisories were used and how old they are. A starter set is named as such. */
export function dataWords(snapshot: Snapshot): readonly string[] {
  const { sources, kevDate, epssDate } = snapshot.knowledge;
  const words: string[] = [...thinDataWords(snapshot)];
  for (const { ecosystem, advisories, newest, kind } of sources) {
    if (kind !== 'installed') continue;
    const age = ageInDays(newest, snapshot.takenAt);
    words.push(
      `${ecosystem}: ${grouped(advisories)} advisories, newest ${newest.slice(0, 10)}${age === undefined ? '' : ` (${days(age)} old)`}`,
    );
  }
  if (kevDate !== undefined) words.push(`known exploited vulnerabilities as of ${kevDate.slice(0, 10)}`);
  if (epssDate !== undefined) words.push(`exploit predictions (EPSS) as of ${epssDate.slice(0, 10)}`);
  return words;
}

/** What limits the whole report: a starter set, or no advisories at all. */
export function thinDataWords({ knowledge: { sources } }: Snapshot): readonly string[] {
  if (sources.length === 0) return ['no advisories are installed: nothing was checked'];
  const starter = sources.filter(({ kind }) => kind === 'starter');
  if (starter.length === 0) return [];
  const count = starter.reduce((sum, { advisories }) => sum + advisories, 0);
  return [
    `starter set: ${grouped(count)} ${count === 1 ? 'advisory' : 'advisories'} only, not the public databases`,
  ];
}

const WHY: Readonly<Record<NotChecked['why'], string>> = {
  'no-data': 'advisories for them are not installed',
  'no-source': 'there is no public advisory data for them',
  'not-locked': 'no exact version is locked',
  'not-registry': 'they come from git, a file, a URL or the workspace',
};

/** `not checked: 12 Docker components (a, b, c, …): nobody publishes advisories for them`. */
export function notCheckedWords(entry: NotChecked): string {
  const more = entry.count > entry.examples.length && entry.examples.length > 0 ? ', …' : '';
  const examples = entry.examples.length === 0 ? '' : ` (${entry.examples.join(', ')}${more})`;
  return `not checked: ${grouped(entry.count)} ${entry.ecosystem} ${entry.count === 1 ? 'component' : 'components'}${examples}: ${WHY[entry.why]}`;
}

/** One sentence when something in the tree was not understood. */
export function lossWords(snapshot: Snapshot): readonly string[] {
  const lost = snapshot.problems.filter((problem) => problem.lost === true).length;
  if (lost === 0) return [];
  return [`${grouped(lost)} ${lost === 1 ? 'problem means' : 'problems mean'} that this report is not whole`];
}

/** `file/truncated: web/yarn.lock:3: the message`: what was left out or not understood, in one line. */
export function problemWords({ code, message, at }: Problem): string {
  const place = at === undefined ? '' : `${at.path}${at.line === undefined ? '' : `:${at.line}`}: `;
  return `${code}: ${place}${message}`;
}

/** Whole days from one instant to another, never negative; `undefined` when either cannot be read. */
export function ageInDays(from: Instant, to: Instant): number | undefined {
  const span = Date.parse(to) - Date.parse(from);
  return Number.isNaN(span) ? undefined : Math.max(0, Math.floor(span / 86_400_000));
}

/** `1234567` → `1,234,567`, whatever the locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 secret`, `2,000 secrets`: of a noun that takes an `s`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const days = (count: number): string => `${grouped(count)} ${count === 1 ? 'day' : 'days'}`;
