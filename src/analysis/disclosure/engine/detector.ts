import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { REACH, TEXT_REACH } from '../../../model/disclosure.ts';
import type { Region } from '../decode/around.ts';
import type { Trigger } from '../decode/triggers.ts';
import type { TextBatch } from '../history/output.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { Search } from '../kernel/search.ts';
import { prepareSearch } from '../kernel/search.ts';
import type { KnownLine } from './line-memory.ts';
import { askOnce, rememberLines } from './line-memory.ts';
import type { RuleSet } from './rule-set.ts';
import type { Watch } from './watches.ts';
import type { Span } from './window-span.ts';
import { lineSpans, nearSpan, textSpan } from './window-span.ts';

/** Bytes as text of one code unit a byte. */
export type Latin1 = (bytes: Uint8Array, start: number, end: number) => string;

/** A find, and where it is in its object. */
export interface Sighting {
  readonly rule: DisclosureRule;
  readonly object: number;
  /** Of the secret, in the object's bytes. */
  readonly start: number;
  readonly end: number;
  readonly find: Find;
  /** The secret, as it is compared. */
  readonly secret: string;
  /** What was looked at: for the excerpt. The secret is at `find.start` in it. */
  readonly text: string;
  /** Bytes of the object that the rule saw: whoever has these has the find. */
  readonly seenStart: number;
  readonly seenEnd: number;
  /** Why its line lets it pass, when a history is scanned, which keeps no text. */
  readonly allowed?: string;
  /** How the text was reached in the object, when it is no part of its bytes as they are. */
  readonly inside?: Inside;
  /** Of a text that came out of another: its line there, when it has lines. */
  readonly lineInText?: number;
}

/** Text that was decoded. `start` and `end` of its sighting are where it stands encoded: all of the object, when it is a file that is no text. */
export interface Inside {
  readonly within: readonly string[];
  /** Of a text that came out of the object: its number among them, and where the secret starts in it. */
  readonly ordinal?: number;
  readonly start?: number;
  /** Its line there; absent when the text is of one line. */
  readonly line?: number;
}

/** Looks for all rules at once in text that lies in the kernel's memory. */
export interface Detector {
  /**
   * Sightings come in no order. One may come twice, when two of its keywords stand in its line. Where `visit` gives `false`, its rule is
   * not asked any more about the text of this object that is at hand. `anchor` gets each line with a
   * keyword of a rule that looks beyond it: of a delta only some lines are here, so that such text may have to be read again.
   * `encoded` gets what stood encoded in the text, when the rules were prepared for that. Where `passes` says so of a line, personal
   * data and addresses are not looked for in it. Gives the runs (their places in `batch.runs`, some more than once) that are to be looked at
   * wherever their text stands: of all others, it says that nothing is to be found.
   */
  detect(
    batch: TextBatch,
    visit: Visit,
    anchor?: Anchor,
    encoded?: Encoded,
    passes?: Passes,
  ): readonly number[];
  release(): void;
}

/** Gets a find. `false`: no more of its rule is wanted of its object. */
export type Visit = (sighting: Sighting) => unknown;

/**
 * A line `start`…`end` of an object, how many bytes behind it decide what is found, and how many from its start on were there to be
 * looked at.
 */
export type Anchor = (object: number, start: number, end: number, reach: number, shown: number) => void;

/** Asked of a line `start`…`end` of the kernel's memory. */
export type Passes = (object: number, bytes: Uint8Array, start: number, end: number) => boolean;

/** Text that stood encoded in an object, and where. */
export type Encoded = (object: number, how: Trigger['how'], region: Region) => void;

export function createDetector(kernel: KernelExports, heap: Heap, rules: RuleSet, latin1: Latin1): Detector {
  const searches = rules.searches.map(({ tables, watchesAt }) => ({
    watchesAt,
    search: prepareSearch(kernel, heap, tables),
  }));

  const lines = rememberLines(latin1);
  const detectIn = (
    batch: TextBatch,
    search: Search,
    watchesAt: (state: number) => readonly Watch[],
    visit: Visit,
    anchor: Anchor | undefined,
    encoded: Encoded | undefined,
    passes: Passes | undefined,
    loud: number[],
  ): void => {
    const { runs } = batch;
    const bytes = heap.bytes();
    const lastRun = runs.length - 4;
    let run = 0;
    let runStart = runs[0]!;
    let runEnd = runStart + runs[1]!;
    const { start: coreStart, end: coreEnd } = batch.core ?? EVERYWHERE;
    const lineSpan = lineSpans(bytes);
    /** By rule: where its window was last a full one, and how many there were of that text. Of the run at hand. */
    const dense = new Map<number, { end: number; count: number }>();
    /** Rules that are not asked any more, and of which object. */
    const closed = new Set<number>();
    let closedOf = -1;
    const close = (object: number, rule: number): void => {
      if (object !== closedOf) closed.clear();
      closedOf = object;
      closed.add(rule);
    };
    /** The window that was made last: most lines with one keyword have more. */
    let line: Span = { start: -1, end: -1 };
    let known: KnownLine | undefined;
    let isLetThrough: boolean | undefined;
    const reveal = encoded === undefined ? undefined : revealer(encoded);
    /** The text that was shown last: pairs of rules look at the same. */
    let last: Span = { start: -1, end: -1 };
    let lastText = '';
    /** What a rule for text is shown of the run at hand. */
    const textWindow = (
      rule: DisclosureRule,
      { rule: number, keyword }: Watch,
      start: number,
      end: number,
    ): TextWindow => {
      const shown = (span: Span): Window => {
        const at = start - span.start;
        if (span.start !== last.start || span.end !== last.end) {
          last = span;
          lastText = latin1(bytes, span.start, span.end);
        }
        return { text: lastText, start: at, end: at + keyword.length, keyword };
      };
      if (rule.reach !== undefined) {
        const span = nearSpan(bytes, start, end, runStart, runEnd, rule.reach);
        const window = shown(span);
        return { span, window, extent: rule.extent?.(window) };
      }
      const reach = reachOf(dense, number, start);
      if (rule.extent !== undefined && reach > SHORT) {
        const span = textSpan(bytes, start, end, runStart, runEnd, SHORT);
        const window = shown(span);
        const extent = rule.extent(window);
        if (extent !== undefined) return { span, window, extent };
      }
      const span = textSpan(bytes, start, end, runStart, runEnd, reach);
      const window = shown(span);
      return { span, window, extent: rule.extent?.(window) };
    };
    // By itself, so that the loop that comes here seldom is compiled without it.
    const ask = (watch: Watch, start: number, end: number): void => {
      const object = runs[run + 2]!;
      const offset = runs[run + 3]! - runStart;
      if (watch.trigger !== undefined) {
        if (reveal?.(watch.trigger, bytes, start, runStart, runEnd, object, offset) === true) loud.push(run);
        return;
      }
      if (object === closedOf && closed.has(watch.rule)) {
        loud.push(run);
        return;
      }
      const rule = rules.rules[watch.rule]!;
      if (watch.isText) {
        loud.push(run);
        // The line end that closes a name is of its line: what comes next may be another's.
        const own = lineSpan(start, bytes[end - 1] === LF ? end - 1 : end, runStart, runEnd);
        const { span, window, extent } = textWindow(rule, watch, start, end);
        const reach = extent ?? rule.reach ?? TEXT_REACH;
        anchor?.(object, own.start + offset, own.end + offset, reach, runEnd - own.start);
        const finds = rule.find(window);
        const { text } = window;
        if (finds.length > 0 && !report(rule, watch, span, text, finds, start, object, offset, visit))
          close(object, watch.rule);
        return;
      }
      if (start < line.start || end > line.end || line.end - line.start > REACH) {
        line = lineSpan(start, end, runStart, runEnd);
        known = undefined;
        isLetThrough = undefined;
      }
      if (passes !== undefined && watch.isPassable) {
        isLetThrough ??= passes(object, bytes, line.start, line.end);
        if (isLetThrough) {
          loud.push(run);
          return;
        }
      }
      known ??= lines.look(bytes, line.start, line.end);
      const finds = askOnce(rule, watch, known, start - line.start);
      if (finds.length === 0) return;
      loud.push(run);
      if (!report(rule, watch, line, known.text, finds, start, object, offset, visit))
        close(object, watch.rule);
    };
    search.search(batch.address, batch.size, (hits) => {
      const { length } = hits;
      for (let i = 0; i < length; i += 2) {
        const end = hits[i]! + 1;
        while (end > runEnd && run < lastRun) {
          run += 4;
          runStart = runs[run]!;
          runEnd = runStart + runs[run + 1]!;
          if (dense.size > 0) dense.clear();
        }
        const watches = watchesAt(hits[i + 1]!);
        let gate: Gate | undefined;
        let asked = -1;
        let isOpen = false;
        for (let one = 0; one < watches.length; one++) {
          const watch = watches[one]!;
          const start = end - watch.keyword.length;
          // A keyword over the seam of two runs is none.
          if (start < runStart || end > runEnd || start < coreStart || start >= coreEnd) continue;
          // Of a pair of rules with one gate the second has its answer.
          if (watch.gate !== gate || start !== asked) {
            gate = watch.gate;
            asked = start;
            isOpen = gate === undefined || gate(bytes, start, end, runStart, runEnd);
          }
          if (!isOpen) continue;
          ask(watch, start, end);
        }
      }
    });
  };
  return {
    detect: (batch, visit, anchor, encoded, passes) => {
      const loud: number[] = [];
      for (const { search, watchesAt } of searches)
        detectIn(batch, search, watchesAt, visit, anchor, encoded, passes, loud);
      return loud;
    },
    release: () => {
      for (const { search } of searches) search.release();
    },
  };
}

const LF = 10;
const EVERYWHERE = { start: 0, end: Infinity };

interface TextWindow {
  readonly span: Span;
  readonly window: Window;
  /** What `DisclosureRule.extent` says of it. */
  readonly extent: number | undefined;
}

/** Bytes of a window that is asked for its extent first: most keys are shorter. */
const SHORT = 6144;

/** Windows of a rule that may lie over each other in full. Text made of nothing but their beginnings is not read again and again. */
const MOST_IN_REACH = 64;

function reachOf(dense: Map<number, { end: number; count: number }>, rule: number, start: number): number {
  const last = dense.get(rule);
  if (last !== undefined && start < last.end) return ++last.count > MOST_IN_REACH ? REACH : TEXT_REACH;
  dense.set(rule, { end: start + TEXT_REACH, count: 1 });
  return TEXT_REACH;
}

/** One stretch of text has many triggers: what they decode is handed on once. Says whether it was. */
function revealer(
  encoded: Encoded,
): (
  trigger: Trigger,
  bytes: Uint8Array,
  start: number,
  from: number,
  to: number,
  object: number,
  offset: number,
) => boolean {
  const ends = new Map<Trigger['how'], number>();
  const noises = new Map<Trigger['how'], number>();
  /** The last one again: what is escaped has thousands. */
  let last: Trigger['how'] | undefined;
  let lastEnd = 0;
  return ({ how, reveal }, bytes, start, from, to, object, offset) => {
    if ((how === last && start < lastEnd) || start < (ends.get(how) ?? 0)) return false;
    let isTold = false;
    for (let region = reveal(bytes, start, from, to, noises.get(how)); region !== undefined;) {
      ends.set(how, region.end);
      [last, lastEnd] = [how, region.end];
      if (region.noise !== undefined) noises.set(how, region.noise);
      // Passed over when there are none: it holds nothing.
      if (region.bytes.length > 0) {
        encoded(object, how, { ...region, start: region.start + offset, end: region.end + offset });
        isTold = true;
      }
      region = region.goesOn?.(bytes, region.end, from, to);
    }
    return isTold;
  };
}

/** Says whether more is wanted of the rule. */
function report(
  rule: DisclosureRule,
  { keyword }: Watch,
  span: Span,
  text: string,
  finds: readonly Find[],
  start: number,
  object: number,
  offset: number,
  visit: Visit,
): boolean {
  const at = start - span.start;
  let isWanted = true;
  for (const find of finds) {
    const answer = visit({
      rule,
      object,
      start: span.start + find.start + offset,
      end: span.start + find.end + offset,
      find,
      secret: find.secret ?? text.slice(find.start, find.end),
      text,
      seenStart: span.start + offset,
      seenEnd: Math.min(span.end, span.start + Math.max(find.end, at + keyword.length)) + offset,
    });
    isWanted &&= answer !== false;
  }
  return isWanted;
}
