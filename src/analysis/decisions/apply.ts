import type { Instant } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { Decision } from '../../model/decision.ts';
import type { EcosystemId, VersionScheme } from '../../model/ecosystem.ts';
import type { Finding, FindingOccurrence } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Problem } from '../../model/problem.ts';
import type { DecisionReport } from '../../model/result.ts';
import { missingFields } from './complete.ts';
import { selectsComponent } from './component.ts';
import { compileGlob } from './glob.ts';
import type { PathPattern } from './paths.ts';
import { coversAllPaths, parsePathPattern } from './paths.ts';
import { compilePattern } from './pattern.ts';

export interface DecisionContext {
  /** An instant, or a day (its first moment). A decision holds until `expires` and not at it. */
  readonly today: Instant;
  readonly inventory: Inventory;
  schemeOf(ecosystem: EcosystemId): VersionScheme;
  /** What policy allows between `at` and `expires`; a longer decision ends after it. */
  readonly maxLifetimeDays?: number;
}

export interface AppliedDecisions {
  /** In the order given; those that are covered name the first decision that does. */
  readonly findings: readonly Finding[];
  /** One for each decision, in the order given. An expired one lists the findings that it used to cover. */
  readonly reports: readonly DecisionReport[];
  readonly problems: readonly Problem[];
}

/**
 * Lays decisions over findings. A finding is covered when each of its occurrences is, and, where decisions name dependency paths, when
 * each path to it is named by one of them: a new place or a new path opens it again.
 * Any id or alias of the finding's group counts, and its rule (`lockfile/weak-integrity`). A decision without advisories covers every
 * flaw of its component, but never malware: that must be named.
 * Our own decisions without reason, author, date or expiry cover nothing; imported ones do, and are reported.
 */
export function applyDecisions(
  findings: readonly Finding[],
  decisions: readonly Decision[],
  context: DecisionContext,
): AppliedDecisions {
  const problems: Problem[] = [];
  const rulings = rulingsOf(decisions, context, problems);
  const byId = new Map<string, Ruling[]>();
  for (const ruling of rulings)
    for (const id of keysOf(ruling.decision)) {
      const listed = byId.get(id);
      if (listed === undefined) byId.set(id, [ruling]);
      else listed.push(ruling);
    }
  const covered = findings.map((finding) => {
    const named = [...finding.ids, finding.rule].flatMap((id) => byId.get(id.toUpperCase()) ?? []);
    const blanket = finding.kind === 'advisory' ? (byId.get('') ?? []) : [];
    const candidates = [...new Set([...named, ...blanket])].filter((ruling) =>
      selects(ruling, finding, context, problems),
    );
    for (const ruling of candidates)
      if (ruling.state === 'expired' && placesOf(finding).some((place) => holdsAt(ruling, place)))
        ruling.past.push(finding.fingerprint);
    const using = cover(
      finding,
      candidates.filter(({ state }) => state === 'holds'),
      context,
    );
    if (using === undefined) return finding;
    if (!using.whole) {
      for (const { decision } of using.used) problems.push(partial(decision, finding));
      return finding;
    }
    for (const { covers } of using.used) covers.push(finding.fingerprint);
    const first = rulings.find((ruling) => using.used.has(ruling))!;
    return { ...finding, decision: first.decision.id };
  });
  return { findings: covered, reports: rulings.map(reportOf), problems };
}

/** Under what a decision is looked up: its ids, `''` for every flaw of a component, nothing for a selector that names nothing. */
function keysOf({ about }: Decision): readonly string[] {
  if (about.advisories.length > 0) return [...new Set(about.advisories.map((id) => id.toUpperCase()))];
  return Object.keys(about).length === 1 ? [] : [''];
}

/** A decision with what became of it. */
interface Ruling {
  readonly decision: Decision;
  readonly state: 'holds' | 'expired' | 'superseded' | 'incomplete';
  readonly name: ((text: string) => boolean) | undefined;
  readonly path: PathPattern | undefined;
  readonly manifest: ((path: string) => boolean) | undefined;
  readonly covers: string[];
  /** What it would cover, had it not expired. */
  readonly past: string[];
  isTouched: boolean;
  saidRange: boolean;
}

function rulingsOf(
  decisions: readonly Decision[],
  context: DecisionContext,
  problems: Problem[],
): readonly Ruling[] {
  const today = instant(context.today);
  // Only our own record may replace, and only within itself: an imported file could otherwise undo it.
  const ids = new Set(decisions.filter(isOwn).map(({ id }) => id));
  const superseded = new Set<string>();
  for (const decision of decisions) {
    if (decision.supersedes === undefined || !isOwn(decision)) continue;
    if (ids.has(decision.supersedes)) superseded.add(decision.supersedes);
    else
      problems.push(
        say(
          decision,
          'decision/supersedes-nothing',
          `${decision.id} supersedes ${decision.supersedes}, which is not there`,
        ),
      );
  }
  return decisions.map((decision) => {
    const { namePattern, path, manifest } = decision.about;
    const name = namePattern === undefined ? undefined : compilePattern(namePattern);
    if (namePattern !== undefined && name === undefined)
      problems.push(
        say(
          decision,
          'decision/pattern',
          `${decision.id}: the pattern ${JSON.stringify(namePattern.slice(0, 60))} has what we do not run (back-references, look-around); it matches nothing`,
        ),
      );
    if (decision.expires === undefined && !isOwn(decision))
      problems.push(
        say(
          decision,
          'decision/no-expiry',
          `${decision.id} has no end`,
          'add it to .assay/decisions.yaml with an expiry',
        ),
      );
    const end = endOf(decision, context, problems);
    const state =
      isOwn(decision) && superseded.has(decision.id)
        ? 'superseded'
        : end !== undefined && end <= today
          ? 'expired'
          : isOwn(decision) && missingFields(decision).length > 0
            ? 'incomplete'
            : 'holds';
    return {
      decision,
      state,
      name: name ?? (namePattern === undefined ? undefined : () => false),
      path: path === undefined ? undefined : parsePathPattern(path),
      manifest: manifest === undefined ? undefined : compileGlob(manifest),
      covers: [],
      past: [],
      isTouched: false,
      saidRange: false,
    };
  });
}

const isOwn = ({ source }: Decision): boolean => source.format === 'assay';

/** When it ends: as it says, or earlier when policy allows less. */
function endOf(
  decision: Decision,
  { maxLifetimeDays }: DecisionContext,
  problems: Problem[],
): Instant | undefined {
  const end = decision.expires === undefined ? undefined : instant(decision.expires);
  const start = Date.parse(decision.at);
  if (maxLifetimeDays === undefined || end === undefined || Number.isNaN(start)) return end;
  const latest = `${new Date(start + maxLifetimeDays * 86_400_000).toISOString().slice(0, 19)}Z`;
  if (end <= latest) return end;
  problems.push(
    say(
      decision,
      'decision/too-long',
      `${decision.id} lasts longer than the ${maxLifetimeDays} days that policy allows; it ends on ${latest.slice(0, 10)}`,
    ),
  );
  return latest;
}

/** Whether a decision held until now or a time before; policy may end it earlier. */
export function hasEnded({ expires }: Decision, now: Instant): boolean {
  return expires !== undefined && instant(expires) <= instant(now);
}

const instant = (text: string): Instant => (text.length === 10 ? `${text}T00:00:00Z` : text);

/** Whether the decision is about the finding's component; advisories have been compared already. */
function selects(ruling: Ruling, finding: Finding, context: DecisionContext, problems: Problem[]): boolean {
  const { about } = ruling.decision;
  const component =
    finding.component === undefined ? undefined : context.inventory.components[finding.component];
  if (
    about.component !== undefined &&
    (component === undefined || !selectsComponent(about.component, component.purl))
  )
    return false;
  if (about.ecosystem !== undefined && about.ecosystem.toLowerCase() !== component?.ecosystem.toLowerCase())
    return false;
  if (ruling.name !== undefined && (component === undefined || !ruling.name(component.name))) return false;
  if (about.versions === undefined) return true;
  return component !== undefined && inRange(ruling, component, about.versions, context, problems);
}

/** `=1.2.3` is that version in every ecosystem; anything else is a range in the ecosystem's own words. */
function inRange(
  ruling: Ruling,
  { ecosystem, version }: Component,
  range: string,
  context: DecisionContext,
  problems: Problem[],
): boolean {
  if (range.startsWith('=') && range.slice(1).trim() === version) return true;
  const answer = context.schemeOf(ecosystem).satisfies(version, range);
  if (answer === undefined && !ruling.saidRange) {
    ruling.saidRange = true;
    problems.push(
      say(
        ruling.decision,
        'decision/range',
        `${ruling.decision.id}: ${JSON.stringify(range.slice(0, 60))} is no range of ${ecosystem} that we can read; it matches nothing`,
      ),
    );
  }
  return answer === true;
}

/** The decisions that reach at least one place of the finding, and whether together they reach all; `undefined` when there are none. */
function cover(
  finding: Finding,
  candidates: readonly Ruling[],
  context: DecisionContext,
): { readonly used: ReadonlySet<Ruling>; readonly whole: boolean } | undefined {
  const used = new Set<Ruling>();
  let whole = true;
  for (const place of placesOf(finding)) {
    const here = candidates.filter((ruling) => holdsAt(ruling, place));
    const plain = here.filter(({ path }) => path === undefined);
    const byPath = here.filter(({ path }) => path !== undefined);
    if (plain.length > 0) used.add(plain[0]!);
    else if (byPath.length > 0) {
      for (const ruling of byPath) used.add(ruling);
      whole &&= allPaths(finding, place, byPath, context);
    } else whole = false;
  }
  for (const ruling of used) ruling.isTouched = true;
  return used.size === 0 ? undefined : { used, whole };
}

function allPaths(
  finding: Finding,
  { at }: FindingOccurrence,
  rulings: readonly Ruling[],
  context: DecisionContext,
): boolean {
  const { inventory } = context;
  const manifest = inventory.manifests.find(({ path }) => path === at.path);
  if (manifest === undefined) return false;
  const nodes = manifest.occurrences.flatMap(({ component, line }, node) =>
    component === finding.component && (at.line === undefined || line === 0 || line === at.line)
      ? [node]
      : [],
  );
  const patterns = rulings.map(({ path }) => path!);
  return (
    nodes.length > 0 &&
    nodes.every((node) =>
      coversAllPaths(inventory, manifest, node, patterns, (ecosystem) => context.schemeOf(ecosystem)),
    )
  );
}

/** Where a finding is; one about the repository is where its evidence is. */
function placesOf(finding: Finding): readonly FindingOccurrence[] {
  if (finding.occurrences.length > 0) return finding.occurrences;
  const located = finding.evidence.flatMap((piece) => (piece.kind === 'location' ? [piece.at] : []));
  return (located.length > 0 ? located : [{ path: '' }]).map((at) => ({ at, direct: 'unknown', scopes: [] }));
}

/** `scope: dev` is for what only development needs: production needs of the same place are not covered by it. */
function holdsAt({ decision: { about }, manifest }: Ruling, { at, scopes }: FindingOccurrence): boolean {
  if (about.scope !== undefined) {
    if (!scopes.some((scope) => scope === about.scope)) return false;
    if (about.scope !== 'prod' && scopes.includes('prod')) return false;
  }
  return manifest === undefined || manifest(at.path);
}

function reportOf({ decision, state, covers, past, isTouched }: Ruling): DecisionReport {
  const unique = [...new Set(state === 'expired' ? past : covers)];
  if (state === 'superseded') return { decision, state, findings: [] };
  if (state === 'expired') return { decision, state, findings: unique };
  const hasNoReason = decision.reason === '' && (state === 'incomplete' || isTouched);
  if (hasNoReason) return { decision, state: 'no-reason', findings: unique };
  return { decision, state: isTouched ? 'used' : 'unused', findings: unique };
}

function partial(decision: Decision, finding: Finding): Problem {
  return say(
    decision,
    'decision/partial',
    `${decision.id} covers some places or paths of ${finding.ids[0] ?? finding.rule} in ${finding.subject}, not all; the finding stays open`,
  );
}

const say = (decision: Decision, code: string, message: string, hint?: string): Problem => ({
  code,
  message,
  at:
    decision.source.line === undefined
      ? { path: decision.source.path }
      : { path: decision.source.path, line: decision.source.line },
  ...(hint === undefined ? {} : { hint }),
});
