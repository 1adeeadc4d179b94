import type { Finding } from '../../../model/finding.ts';
import type { Component, Purl } from '../../../model/component.ts';
import type { Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import { clipped, priorityLabel, some } from './report.ts';
import { printable, type Style } from './style.ts';

/** Most subjects, and findings of one subject, that are shown without `--all`. */
const SHOWN_SUBJECTS = 6;
const SHOWN_FINDINGS = 2;

/** Why each vulnerable component matters here: where it is, how it got in, what is known, what changed the level. */
export function whyLines(snapshot: Snapshot, style: Style, width: number, all: boolean): string[] {
  const open = snapshot.findings.filter((finding) => finding.decision === undefined);
  const decided = snapshot.findings.length - open.length;
  const subjects = groupBySubject(open, all ? new Set() : rulesToFold(open));
  const lines: string[] = [];
  const shown = all ? subjects : subjects.slice(0, SHOWN_SUBJECTS);
  if (shown.length > 0) lines.push(style.bold('WHY IT MATTERS HERE'));
  for (const findings of shown) lines.push('', ...subjectBlock(snapshot, findings, style, width, all));
  const rest = subjects.slice(shown.length);
  if (rest.length > 0) {
    const names = counted(
      rest.map((findings) => [
        subjectName(snapshot, findings[0]!),
        findings[0]!.component === undefined ? findings.length : 1,
      ]),
    );
    lines.push(
      '',
      ...wrap(`${rest.length} more, less urgent: ${printable(some(names, 8))}; --all shows them`, width).map(
        style.dim,
      ),
    );
  }
  if (decided > 0)
    lines.push(
      ...(lines.length > 0 ? [''] : []),
      style.dim(`${decided} ${decided === 1 ? 'finding is' : 'findings are'} covered by decisions`),
    );
  return lines;
}

const RANK: Readonly<Record<Finding['priority'], number>> = {
  critical: 0,
  high: 1,
  unknown: 2,
  medium: 3,
  low: 4,
};

/** Remarks about more files than this are one block, unless all are asked for. */
const SHOWN_REMARKS = 1;

/** Rules of remarks about files, not components, that say the same of many. */
function rulesToFold(findings: readonly Finding[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { component, rule } of findings)
    if (component === undefined) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > SHOWN_REMARKS).map(([rule]) => rule));
}

function groupBySubject(
  findings: readonly Finding[],
  foldedRules: ReadonlySet<string>,
): (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key =
      finding.component !== undefined
        ? String(finding.component)
        : foldedRules.has(finding.rule)
          ? `${finding.rule}\0${finding.priority}`
          : finding.fingerprint;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const sorted = [...groups.values()].map((group) =>
    group.sort((a, b) => RANK[a.priority] - RANK[b.priority]),
  );
  // Remarks are one subject, however many files they are about.
  const size = (group: readonly Finding[]): number => (group[0]!.component === undefined ? 1 : group.length);
  return sorted.sort((a, b) => RANK[a[0]!.priority] - RANK[b[0]!.priority] || size(b) - size(a));
}

/** `a, b (3)`: a name that comes several times, once. */
function counted(names: readonly (readonly [name: string, times: number])[]): string[] {
  const counts = new Map<string, number>();
  for (const [name, times] of names) counts.set(name, (counts.get(name) ?? 0) + times);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`));
}

function subjectName(snapshot: Snapshot, finding: Finding): string {
  if (finding.component === undefined) return finding.rule;
  const { name, version } = snapshot.inventory.components[finding.component]!;
  return `${name} ${version}`.trim();
}

function subjectBlock(
  snapshot: Snapshot,
  findings: readonly Finding[],
  style: Style,
  width: number,
  all: boolean,
): string[] {
  const first = findings[0]!;
  const indent = '    ';
  const lines: string[] = [];
  if (first.component === undefined) return remarkBlock(snapshot, findings, style, width);
  lines.push(
    `${indent}${style.bold(printable(subjectName(snapshot, first)))}  ${style.dim(situation(first))}`,
  );
  for (const line of pathLines(snapshot, first)) lines.push(...indented(line, indent, width).map(style.dim));
  const shown = all ? findings : findings.slice(0, SHOWN_FINDINGS);
  for (const finding of shown) {
    const title = all ? finding.title : clipped(finding.title, 150);
    const [head, ...tail] = wrap(printable(`${finding.ids[0]!}  ${title}`), width - 14);
    lines.push(
      `${indent}${priorityLabel(finding.priority, style)} ${head!}`,
      ...tail.map((line) => `${' '.repeat(14)}${line}`),
    );
    const reasons = finding.reasons.map((reason) => reason.text).join('; ');
    lines.push(...indented(reasons, ' '.repeat(14), width).map(style.dim));
  }
  const hidden = findings.slice(shown.length);
  if (hidden.length > 0)
    lines.push(
      ...indented(
        `and ${some(
          hidden.map((finding) => finding.ids[0]!),
          3,
        )}`,
        ' '.repeat(14),
        width,
      ).map(style.dim),
    );
  return lines;
}

/** What is remarked about one file, or about many alike: then the first of them in full, for an example. */
function remarkBlock(
  snapshot: Snapshot,
  findings: readonly Finding[],
  style: Style,
  width: number,
): string[] {
  const first = findings[0]!;
  const indent = '    ';
  const inner = ' '.repeat(14);
  const many = findings.length > 1;
  const place = many
    ? some(findings.map((finding) => pathLines(snapshot, finding).join(', ')).sort(), 3)
    : pathLines(snapshot, first).join(', ');
  const [head, ...tail] = wrap(printable(`${many ? 'e.g. ' : ''}${first.title}`), width - inner.length);
  return [
    `${indent}${style.bold(printable(first.rule))}${many ? `  ${style.dim(`in ${findings.length} files`)}` : ''}`,
    ...indented(place, indent, width).map(style.dim),
    `${indent}${priorityLabel(first.priority, style)} ${head ?? ''}`,
    ...tail.map((line) => inner + line),
    ...indented(first.reasons.map((reason) => reason.text).join('; '), inner, width).map(style.dim),
    ...(first.hint === undefined ? [] : indented(first.hint, inner, width)),
    ...(many ? indented('--all shows each', inner, width).map(style.dim) : []),
  ];
}

/** `production, direct` and the like, over all occurrences. */
function situation(finding: Finding): string {
  const scopes = new Set(finding.occurrences.flatMap((one) => one.scopes));
  const unknown = finding.occurrences.some((one) => one.scopes.length === 0);
  const use =
    scopes.has('prod') || scopes.has('peer')
      ? 'production'
      : unknown
        ? 'use not known: counted as production'
        : scopes.has('optional')
          ? 'optional'
          : 'development';
  const directs = finding.occurrences.map((one) => one.direct);
  const direct = directs.includes('yes')
    ? 'direct'
    : directs.includes('unknown')
      ? 'direct or not: unknown'
      : 'transitive';
  return `${use}, ${direct}`;
}

function pathLines(snapshot: Snapshot, finding: Finding): string[] {
  const places = finding.occurrences.map(({ at }) =>
    at.line === undefined ? at.path : `${at.path}:${at.line}`,
  );
  const path = finding.evidence.find((evidence) => evidence.kind === 'path');
  if (path === undefined || path.components.length <= 2) return [some(places, 2)];
  const names = path.components.slice(1).map((purl) => {
    const component = componentOf(snapshot, purl);
    return component === undefined ? purl : `${component.name} ${component.version}`.trimEnd();
  });
  const middle =
    names.length > 5 ? [...names.slice(0, 2), `… ${names.length - 4} more …`, ...names.slice(-2)] : names;
  return [middle.join(' → '), some(places, 2)];
}

/** Components are ordered by purl, so this is a binary search. */
function componentOf({ inventory: { components } }: Snapshot, purl: Purl): Component | undefined {
  let low = 0;
  let high = components.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (components[middle]!.purl < purl) low = middle + 1;
    else high = middle;
  }
  return components[low]?.purl === purl ? components[low] : undefined;
}

function indented(text: string, indent: string, width: number): string[] {
  return wrap(printable(text), width - indent.length).map((line) => indent + line);
}
