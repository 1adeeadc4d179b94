import { CYCLES_AS_OF, type Cycle, type Schedule, schedules } from './cycles.ts';
import { cycleOf, isRange, lowerBounds } from './versions.ts';

/** Days before its end from which a release line counts as `ending-soon`: time for a team to plan a move. */
const SOON_DAYS = 183;

/** How long the release line of a runtime is looked after. */
export interface EndOfLife {
  /** As the component is named, e.g. `nodejs`. */
  readonly name: string;
  /** For people, e.g. `Node.js`. */
  readonly title: string;
  readonly cycle: string;
  /** Last day of security fixes, `YYYY-MM-DD`. */
  readonly ends: string | undefined;
  /** The end follows from the project's policy and has not been announced as a date. */
  readonly expected: boolean;
  /** `unknown`: a release line newer or older than the table, or an expected end that has passed since the table was made. */
  readonly state: 'supported' | 'ending-soon' | 'ended' | 'unknown';
  /** Whether a version was judged, or the lowest release line that a range still admits. */
  readonly judged: 'version' | 'range';
  /** Newest release line that is looked after on that day, among those released when the table was made; `undefined` when none is left. */
  readonly latestSupported: string | undefined;
  /** The runtime's own schedule. */
  readonly source: string;
  /** The day on which the table was compared with its sources. */
  readonly asOf: string;
  readonly note?: string;
}

/**
 * Judges a runtime's version, or of a range (`>=18`, `^16 || ^18`) the lowest release line that it admits, as of a day (`YYYY-MM-DD`).
 * `undefined` when there is no schedule for the name, or the text names no release line (`lts/*`, `3`, `*`, `<20`).
 */
export function endOfLife(name: string, version: string, today: string): EndOfLife | undefined {
  const schedule = schedules().get(name);
  if (schedule === undefined) return undefined;
  const judged = isRange(version) ? 'range' : 'version';
  const found = judged === 'range' ? lowestOf(name, schedule, version) : named(name, schedule, version);
  if (found === undefined) return undefined;
  const { cycle, known } = found;
  return {
    name,
    title: schedule.title,
    cycle,
    ends: known?.ends,
    expected: known?.expected === true,
    state: known === undefined ? 'unknown' : stateOf(known, today),
    judged,
    latestSupported: schedule.cycles.findLast(
      (one) => one.released <= CYCLES_AS_OF && one.released <= today && one.ends >= today,
    )?.cycle,
    source: schedule.source,
    asOf: CYCLES_AS_OF,
    ...(schedule.note === undefined ? {} : { note: schedule.note }),
  };
}

interface FoundCycle {
  readonly cycle: string;
  readonly known: Cycle | undefined;
}

function named(name: string, schedule: Schedule, version: string): FoundCycle | undefined {
  // `lts/iron`, `iron`, `bookworm`, `stable-20240101`
  const word = version
    .trim()
    .toLowerCase()
    .replace(/^lts\//, '');
  const byCodename = schedule.cycles.find((one) => one.codename !== undefined && one.codename === word);
  if (byCodename !== undefined) return { cycle: byCodename.cycle, known: byCodename };
  const cycle = cycleOf(name, version);
  return cycle === undefined
    ? undefined
    : { cycle, known: schedule.cycles.find((one) => one.cycle === cycle) };
}

/** The lowest known release line at or above the lowest bound. */
function lowestOf(name: string, schedule: Schedule, range: string): FoundCycle | undefined {
  let lowest: Cycle | undefined;
  for (const bound of lowerBounds(range)) {
    // `>=3` admits 3.0 first: the missing part is zero.
    const cycle = cycleOf(name, bound) ?? cycleOf(name, `${bound.replace(/\.[x*]$/, '')}.0`);
    if (cycle === undefined) continue;
    const known = schedule.cycles.find((one) => compareCycles(one.cycle, cycle) >= 0);
    if (known !== undefined && (lowest === undefined || compareCycles(known.cycle, lowest.cycle) < 0))
      lowest = known;
  }
  return lowest === undefined ? undefined : { cycle: lowest.cycle, known: lowest };
}

function compareCycles(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  return left[0]! - right[0]! || (left[1] ?? 0) - (right[1] ?? 0);
}

function stateOf(cycle: Cycle, today: string): EndOfLife['state'] {
  if (cycle.ends < today) return cycle.expected && cycle.ends > CYCLES_AS_OF ? 'unknown' : 'ended';
  return daysBetween(today, cycle.ends) <= SOON_DAYS ? 'ending-soon' : 'supported';
}

/** Whole days from one `YYYY-MM-DD` to another; NaN when either is no date (and then nothing is soon). */
function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** One line for people; gentler for a range, which says what is allowed and not what runs. `undefined` when there is nothing to say. */
export function describeEndOfLife(found: EndOfLife): string | undefined {
  const { title, cycle, ends, state, judged, latestSupported } = found;
  const subject = judged === 'range' ? `still allows ${title} ${cycle}, which` : `${title} ${cycle}`;
  const next =
    latestSupported === undefined || latestSupported === cycle
      ? ''
      : `; ${latestSupported} is the newest supported`;
  if (state === 'ended') return `${subject} has had no security fixes since ${ends}${next}`;
  if (state === 'ending-soon')
    return `${subject} gets its last security fixes ${found.expected ? 'about' : 'on'} ${ends}${next}`;
  return undefined;
}
