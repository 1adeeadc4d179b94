import type { Component } from '../../model/component.ts';
import { PRIORITIES } from '../../model/finding.ts';
import type { Finding } from '../../model/finding.ts';
import type { Reporter, Snapshot } from '../../model/result.ts';
import { highestScore } from '../common/advisory.ts';
import { placesOf, scopesOf } from '../common/occurrences.ts';
import type { Placed } from '../common/occurrences.ts';
import { printDocument } from '../common/print.ts';
import { shownSource } from '../common/subject.ts';
import { ageInDays, caveats } from '../common/words.ts';

/** Raise when a reader of the old shape would misread the new one; adding a field does not. */
export const SCAN_SCHEMA = 1;

/** The whole result for programs. Schema: docs/schema/scan-1.schema.json */
export const json: Reporter = {
  id: 'json',
  mediaType: 'application/json',
  report: (snapshot) => printDocument(scanDocument(snapshot)),
};

/** The document before it is printed. Order of everything is that of the snapshot. */
export function scanDocument(snapshot: Snapshot): object {
  const { inventory, findings } = snapshot;
  const places = placesOf(inventory);
  const perComponent = new Map<number, string[]>();
  for (const { component, fingerprint } of findings)
    if (component !== undefined)
      perComponent.set(component, [...(perComponent.get(component) ?? []), fingerprint]);
  return {
    format: 'assay-scan',
    schema: SCAN_SCHEMA,
    tool: snapshot.tool,
    target: snapshot.target,
    takenAt: snapshot.takenAt,
    verdict: snapshot.verdict,
    summary: summary(snapshot, places),
    caveats: caveats(snapshot),
    knowledge: knowledge(snapshot),
    actions: snapshot.actions,
    findings: findings.map((finding) => findingEntry(finding, snapshot)),
    notChecked: snapshot.notChecked,
    decisions: snapshot.decisions,
    problems: snapshot.problems,
    manifests: inventory.manifests.map(({ path, extractor, role, edgesKnown, occurrences, targets }) => ({
      path,
      extractor,
      role,
      edgesKnown,
      occurrences: occurrences.length,
      edges: targets.length,
    })),
    components: inventory.components.map((component, index) =>
      componentEntry(component, places[index]!, perComponent.get(index) ?? []),
    ),
  };
}

function componentEntry(
  component: Component,
  places: readonly Placed[],
  findings: readonly string[],
): object {
  const entry = { ...component, occurrences: places.map(occurrenceEntry), findings };
  const shown = component.source === undefined ? undefined : shownSource(component.source);
  return shown === component.source ? entry : { ...entry, source: shown };
}

/** What is `undefined` is not printed: one shape for all of them is built several times as fast as one for each. */
const occurrenceEntry = ({ manifest, occurrence }: Placed): object => ({
  path: manifest.path,
  line: occurrence.line > 0 ? occurrence.line : undefined,
  direct: occurrence.direct,
  scopes: occurrence.scopes,
  alias: occurrence.alias,
  key: occurrence.key,
});

function summary(snapshot: Snapshot, places: readonly (readonly Placed[])[]): object {
  const { inventory, findings, problems, notChecked } = snapshot;
  const placed = places.filter((list) => list.length > 0);
  const open = findings.filter(({ decision }) => decision === undefined);
  return {
    components: inventory.components.length,
    direct: placed.filter((list) => list.some(({ occurrence }) => occurrence.direct === 'yes')).length,
    production: placed.filter((list) => scopesOf(list).includes('prod')).length,
    manifests: inventory.manifests.length,
    findings: findings.length,
    open: open.length,
    decided: findings.length - open.length,
    byPriority: Object.fromEntries(
      PRIORITIES.map((priority) => [
        priority,
        open.filter((finding) => finding.priority === priority).length,
      ]),
    ),
    actions: snapshot.actions.length,
    notChecked: notChecked.reduce((sum, { count }) => sum + count, 0),
    problems: problems.length,
    lost: problems.filter(({ lost }) => lost === true).length,
  };
}

function knowledge(snapshot: Snapshot): object {
  const { sources, digest, kevDate, epssDate } = snapshot.knowledge;
  const starter = sources.filter(({ kind }) => kind === 'starter');
  return {
    digest,
    ...(starter.length === 0
      ? {}
      : { starterSet: starter.reduce((sum, { advisories }) => sum + advisories, 0) }),
    sources: sources.map((source) => {
      const age = ageInDays(source.newest, snapshot.takenAt);
      return { ...source, ...(age === undefined ? {} : { ageDays: age }) };
    }),
    ...(kevDate === undefined ? {} : { kevDate }),
    ...(epssDate === undefined ? {} : { epssDate }),
  };
}

function findingEntry(finding: Finding, snapshot: Snapshot): object {
  const { component: index, ...rest } = finding;
  const component = index === undefined ? undefined : snapshot.inventory.components[index];
  const score = highestScore(finding);
  return {
    ...rest,
    ...(component === undefined
      ? {}
      : { component: { ecosystem: component.ecosystem, name: component.name, version: component.version } }),
    ...(score === undefined ? {} : { score }),
  };
}
