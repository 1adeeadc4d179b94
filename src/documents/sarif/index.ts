import type { Finding, Priority } from '../../model/finding.ts';
import type { Location, Problem } from '../../model/problem.ts';
import type { Reporter, Snapshot } from '../../model/result.ts';
import { advisoryUrl, cwesOf, decisionsOf, highestScore, remedyOf } from '../common/advisory.ts';
import { documentUuid, wellFormed } from '../common/subject.ts';
import { caveats } from '../common/words.ts';
import { nameOf, pathsOf } from '../common/paths.ts';

/**
 * What GitHub code scanning takes of one file: results of a run, locations of a result, tags of a rule.
 * More results go to further runs (each its own category); more locations are counted in the message.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
const LIMITS = { results: 25_000, locations: 1_000, tags: 20 } as const;

/** SARIF 2.1.0: exactly one result for a finding. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: Reporter = {
  id: 'sarif',
  mediaType: 'application/sarif+json',
  report: (snapshot) => `${JSON.stringify(sarifDocument(snapshot), null, 2)}\n`,
};

/** The document before it is printed. */
export function sarifDocument(snapshot: Snapshot): object {
  const { findings } = snapshot;
  const runs: object[] = [];
  for (let at = 0; at === 0 || at < findings.length; at += LIMITS.results)
    runs.push(run(snapshot, findings.slice(at, at + LIMITS.results), runs.length));
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs };
}

function run(snapshot: Snapshot, findings: readonly Finding[], number: number): object {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding]);
  const ruleIds = [...rules.keys()].sort();
  const ruleIndex = new Map(ruleIds.map((id, index) => [id, index]));
  const decisions = decisionsOf(snapshot);
  return {
    tool: {
      driver: {
        name: 'Assay',
        version: snapshot.tool.version,
        semanticVersion: snapshot.tool.version,
        rules: ruleIds.map((id) => rule(id, rules.get(id)!)),
      },
    },
    automationDetails: {
      id: number === 0 ? 'assay/' : `assay-${number + 1}/`,
      guid: documentUuid(snapshot, `sarif/${number}`),
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: snapshot.takenAt,
        toolExecutionNotifications: [
          ...caveats(snapshot).map((text) => ({
            level: 'note',
            message: { text },
            descriptor: { id: 'caveat' },
          })),
          ...snapshot.problems.map(notification),
        ],
      },
    ],
    results: findings.map((finding) => {
      const decision = finding.decision === undefined ? undefined : decisions.get(finding.decision);
      return {
        ruleId: finding.rule,
        ruleIndex: ruleIndex.get(finding.rule)!,
        kind: 'fail',
        level: LEVELS[finding.priority],
        message: { text: message(finding, snapshot) },
        locations: locationsOf(finding, snapshot).slice(0, LIMITS.locations).map(location),
        // GitHub tells alerts apart by `primaryLocationLineHash` alone: with ours in its place, moved lines open no new alert.
        partialFingerprints: {
          'assayFinding/v1': finding.fingerprint,
          primaryLocationLineHash: `${finding.fingerprint}:1`,
        },
        suppressions:
          finding.decision === undefined
            ? []
            : [
                {
                  kind: 'external',
                  status: 'accepted',
                  justification: decision?.reason || 'decided without a reason',
                },
              ],
        properties: {
          priority: finding.priority,
          subject: finding.subject,
          ids: finding.ids,
          fixed: finding.fixed,
          reachability: finding.reachability,
          ...(finding.decision === undefined ? {} : { decision: finding.decision }),
        },
      };
    }),
  };
}

const LEVELS: Readonly<Record<Priority, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  // Not known to be harmless.
  unknown: 'warning',
};

/** GitHub's bands: over 9.0 critical, from 7.0 high, from 4.0 medium. Stands in where an advisory has words but no vector. */
const STATED = { critical: 9.5, high: 8, medium: 5.5, low: 2, none: 0, unknown: undefined } as const;

function rule(id: string, findings: readonly Finding[]): object {
  const first = findings[0]!;
  const advisory = first.advisories[0];
  const isSecurity = first.kind === 'advisory' || first.kind === 'malware';
  const severity =
    first.kind === 'malware' ? 10 : (highestScore(first) ?? STATED[advisory?.stated ?? 'unknown']);
  const cwes = cwesOf(first).map((cwe) => `external/cwe/cwe-${String(cwe).padStart(3, '0')}`);
  const help = [remedyOf(first), isSecurity ? advisoryUrl(first) : undefined].filter(
    (line) => line !== undefined,
  );
  return {
    id,
    name: ruleName(id),
    shortDescription: { text: clip(advisory?.summary || first.title, 1000) },
    fullDescription: {
      text: clip(isSecurity ? `${first.ids.join(', ')}: ${advisory?.summary ?? ''}` : first.title, 1000),
    },
    ...(isSecurity ? { helpUri: advisoryUrl(first) } : {}),
    help: { text: help.join('\n') || first.title },
    defaultConfiguration: { level: LEVELS[first.priority] },
    properties: {
      tags: [...(isSecurity ? ['security', 'supply-chain'] : ['supply-chain']), ...cwes].slice(
        0,
        LIMITS.tags,
      ),
      precision: 'high',
      ...(severity === undefined || !isSecurity ? {} : { 'security-severity': severity.toFixed(1) }),
    },
  };
}

/** `advisory/CVE-2021-1` → `AdvisoryCVE20211`: SARIF wants an identifier that people can say. */
function ruleName(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}

function message(finding: Finding, snapshot: Snapshot): string {
  const places = locationsOf(finding, snapshot).length;
  const lines = [
    finding.title,
    finding.ids.length > 1 ? `Also known as ${finding.ids.slice(1).join(', ')}.` : undefined,
    remedyOf(finding),
    ...pathsOf(finding).map(
      ({ manifest, steps }) => `Path in ${manifest}: ${steps.map(nameOf).join(' > ')}.`,
    ),
    finding.reasons.length > 0
      ? `Priority ${finding.priority}: ${finding.reasons.map(({ text }) => text).join('; ')}.`
      : undefined,
    places > LIMITS.locations ? `${places - LIMITS.locations} more places are not listed.` : undefined,
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}

/** Occurrences, else located evidence, else the first manifest: code scanning wants a place for every alert. */
function locationsOf(finding: Finding, snapshot: Snapshot): readonly Location[] {
  const places = finding.occurrences.map(({ at }) => at);
  if (places.length > 0) return places;
  const evidence = finding.evidence.flatMap((piece) => (piece.kind === 'location' ? [piece.at] : []));
  if (evidence.length > 0) return evidence;
  return [{ path: snapshot.inventory.manifests[0]?.path ?? '.' }];
}

function location(at: Location): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: at.path.split('/').map(encodeSegment).join('/') },
      region: { startLine: Math.max(1, at.line ?? 1) },
    },
  };
}

/** A lone surrogate in a file name has no UTF-8 form and `encodeURIComponent` would throw. */
const encodeSegment = (segment: string): string => encodeURIComponent(wellFormed(segment));

function notification(problem: Problem): object {
  return {
    level: problem.lost === true ? 'error' : 'warning',
    message: { text: problem.hint === undefined ? problem.message : `${problem.message}. ${problem.hint}` },
    descriptor: { id: problem.code },
    ...(problem.at === undefined ? {} : { locations: [location(problem.at)] }),
  };
}

const clip = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
