import type { Component } from '../../model/component.ts';
import { PRIORITIES } from '../../model/finding.ts';
import type { Finding } from '../../model/finding.ts';
import type { Occurrence } from '../../model/inventory.ts';
import type { Reporter, Snapshot } from '../../model/result.ts';
import { highestScore } from '../common/advisory.ts';
import { printPieces } from '../common/print.ts';
import { shownSource } from '../common/subject.ts';
import { ageInDays, caveats } from '../common/words.ts';

/** Raise when a reader of the old shape would misread the new one; adding a field does not. */
export const SCAN_SCHEMA = 1;

/** The whole result for programs. Schema: docs/schema/scan-1.schema.json */
export const json: Reporter = {
  id: 'json',
  mediaType: 'application/json',
  report: (snapshot) => scanPieces(snapshot).join(''),
  pieces: scanPieces,
};

/** Order of everything is that of the snapshot. */
function scanPieces(snapshot: Snapshot): string[] {
  const { inventory, findings } = snapshot;
  const document = {
    format: 'assay-scan',
    schema: SCAN_SCHEMA,
    tool: snapshot.tool,
    target: snapshot.target,
    takenAt: snapshot.takenAt,
    verdict: snapshot.verdict,
    summary: summary(snapshot),
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
  };
  return printPieces(document, { components: componentLines(snapshot) });
}

/**
 * Each component with its occurrences and the findings on it. They are most of the report, and objects that are made only to be
 * printed take half of its time: so the text is put together from that of the component and of what occurrences share.
 */
function componentLines({ inventory, findings }: Snapshot): string[] {
  const { components } = inventory;
  const occurrences = components.map(() => '');
  for (const manifest of inventory.manifests) {
    const start = `{"path":${JSON.stringify(manifest.path)}`;
    for (const occurrence of manifest.occurrences) {
      const before = occurrences[occurrence.component]!;
      occurrences[occurrence.component] =
        `${before}${before === '' ? '' : ','}${start}${occurrenceRest(occurrence)}`;
    }
  }
  const prints = components.map(() => '');
  for (const { component, fingerprint } of findings)
    if (component !== undefined)
      prints[component]! += `${prints[component] === '' ? '' : ','}${JSON.stringify(fingerprint)}`;
  return components.map((component, i) => {
    const own = JSON.stringify(shown(component)).slice(0, -1);
    return `${own},"occurrences":[${occurrences[i]!}],"findings":[${prints[i]!}]}`;
  });
}

function shown(component: Component): Component {
  const { source } = component;
  if (source === undefined) return component;
  const without = shownSource(source);
  return without === source ? component : { ...component, source: without };
}

function occurrenceRest({ line, direct, scopes, alias, key }: Occurrence): string {
  return `${line > 0 ? `,"line":${line}` : ''},"direct":"${direct}","scopes":[${
    scopes.length === 0 ? '' : `"${scopes.join('","')}"`
  }]${alias === undefined ? '' : `,"alias":${JSON.stringify(alias)}`}${
    key === undefined ? '' : `,"key":${JSON.stringify(key)}`
  }}`;
}

function summary(snapshot: Snapshot): object {
  const { inventory, findings, problems, notChecked } = snapshot;
  const direct = new Uint8Array(inventory.components.length);
  const production = new Uint8Array(inventory.components.length);
  for (const { occurrences } of inventory.manifests)
    for (const occurrence of occurrences) {
      if (occurrence.direct === 'yes') direct[occurrence.component] = 1;
      if (occurrence.scopes.includes('prod')) production[occurrence.component] = 1;
    }
  const open = findings.filter(({ decision }) => decision === undefined);
  return {
    components: inventory.components.length,
    direct: direct.reduce((sum, is) => sum + is, 0),
    production: production.reduce((sum, is) => sum + is, 0),
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
