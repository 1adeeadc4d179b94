import type { Instant } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { Decision } from '../../model/decision.ts';
import type { Finding } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import type { TimelineDecisions } from '../../model/timeline.ts';
import type { AdvisoryGroup } from '../advisories/groups.ts';
import { applyDecisions } from '../decisions/apply.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { releasedPurl } from '../identity/identify.ts';
import type { TimelineComponent } from './component-table.ts';

/** What was decided, to be held against every point as it holds on one day. */
export interface Recorded {
  readonly decisions: readonly Decision[];
  readonly today: Instant;
}

/** One alias group that holds for one component version, at whatever points. */
export interface Question {
  readonly component: TimelineComponent;
  readonly group: AdvisoryGroup;
}

export interface Decided {
  /** Parallel to the questions: whether a decision covers it. */
  readonly isCovered: readonly boolean[];
  readonly decisions: TimelineDecisions;
  readonly problems: readonly Problem[];
}

/**
 * Which of the advisories of a history are decided, by the rules of scans. A timeline knows components and not where they stand in a
 * file: decisions about a path, manifest or scope cover nothing here, and are counted.
 */
export function decidedOf(questions: readonly Question[], { decisions, today }: Recorded): Decided {
  const components = questions.map(({ component }): Component => componentOf(component));
  const { findings, reports, problems } = applyDecisions(
    questions.map(({ group }, index) => findingOf(group, index, components[index]!)),
    decisions,
    {
      today,
      inventory: { components, manifests: [], problems: [] },
      schemeOf: (ecosystem) => ecosystemOf(ecosystem).versions,
    },
  );
  const covering = new Set(findings.flatMap(({ decision }) => decision ?? []));
  return {
    isCovered: findings.map(({ decision }) => decision !== undefined),
    decisions: {
      recorded: decisions.length,
      used: covering.size,
      ended: reports.filter(({ state }) => state === 'expired').length,
      notApplied: reports.filter(
        ({ decision, state }) => isNarrow(decision) && state !== 'expired' && state !== 'superseded',
      ).length,
    },
    // That a decision covers some places and not all: said once, by `notApplied`.
    problems: problems.filter(({ code }) => code !== 'decision/partial'),
  };
}

const isNarrow = ({ about }: Decision): boolean =>
  about.path !== undefined || about.manifest !== undefined || about.scope !== undefined;

function componentOf({ ecosystem, name, version, origin }: TimelineComponent): Component {
  return { purl: releasedPurl(ecosystem, name, version), ecosystem, name, version, origin, licences: [] };
}

function findingOf({ id, ids, advisories }: AdvisoryGroup, index: number, { purl }: Component): Finding {
  return {
    fingerprint: String(index),
    kind: advisories.some(({ malicious }) => malicious) ? 'malware' : 'advisory',
    rule: `advisory/${id}`,
    ids,
    subject: purl,
    component: index,
    title: '',
    priority: 'unknown',
    reasons: [],
    occurrences: [],
    evidence: [],
    fixed: [],
    advisories,
    reachability: 'unknown',
  };
}
