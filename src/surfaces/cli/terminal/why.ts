import type { Finding } from '../../../model/finding.ts';
import type { Component, Purl } from '../../../model/component.ts';
import type { Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import { priorityLabel, some } from './report.ts';
import { printable, type Style } from './style.ts';

/** Most subjects, and findings of one subject, that are shown without `--all`. */
const SHOWN_SUBJECTS = 6;
const SHOWN_FINDINGS = 2;

/** Why each vulnerable component matters here: where it is, how it got in, what is known, what changed the level. */
export function whyLines(snapshot: Snapshot, style: Style, width: number, all: boolean): string[] {
  const open = snapshot.findings.filter((finding) => finding.decision === undefined);
  const decided = snapshot.findings.length - open.length;
  const subjects = groupBySubject(open);
  const lines: string[] = [];
  const shown = all ? subjects : subjects.slice(0, SHOWN_SUBJECTS);
  if (shown.length > 0) lines.push(style.bold('WHY IT MATTERS HERE'));
  for (const findings of shown) lines.push('', ...subjectBlock(snapshot, findings, style, width, all));
  const rest = subjects.slice(shown.length);
  if (rest.length > 0) {
    const names = counted(rest.map((findings) => subjectName(snapshot, findings[0]!)));
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

function groupBySubject(findings: readonly Finding[]): (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.component === undefined ? finding.fingerprint : String(finding.component);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const sorted = [...groups.values()].map((group) =>
    group.sort((a, b) => RANK[a.priority] - RANK[b.priority]),
  );
  return sorted.sort((a, b) => RANK[a[0]!.priority] - RANK[b[0]!.priority] || b.length - a.length);
}

/** `a, b (3)`: a name that comes several times, once. */
function counted(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
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
  if (first.component === undefined) {
    const place = pathLines(snapshot, first).join(', ');
    lines.push(`${indent}${style.bold(printable(first.rule))}`);
    lines.push(...indented(place, indent, width).map(style.dim));
    const [head, ...tail] = wrap(printable(first.title), width - 14);
    lines.push(`${indent}${priorityLabel(first.priority, style)} ${head ?? ''}`);
    lines.push(...tail.map((line) => ' '.repeat(14) + line));
    lines.push(
      ...indented(first.reasons.map((reason) => reason.text).join('; '), ' '.repeat(14), width).map(
        style.dim,
      ),
    );
    if (first.hint !== undefined) lines.push(...indented(first.hint, ' '.repeat(14), width));
    return lines;
  }
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
    return component === undefined ? purl : `${component.name} ${component.version}`;
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

/** Ends long text at a word. */
function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 40))} …`;
}

function indented(text: string, indent: string, width: number): string[] {
  return wrap(printable(text), width - indent.length).map((line) => indent + line);
}
