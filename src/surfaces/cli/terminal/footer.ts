import { WHY } from '../../../analysis/policy/judge.ts';
import { testFolderOf } from '../../../analysis/text/paths.ts';
import type { AdvisorySource } from '../../../model/advisory.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import { clipped, some } from './report.ts';
import { printable, type Style } from './style.ts';

/** What was scanned and the one-line result. */
export function headline(snapshot: Snapshot, style: Style, width: number): string[] {
  const { inventory, target } = snapshot;
  const dependencies = inventory.components.filter(
    ({ origin }) => origin !== 'project' && origin !== 'workspace',
  );
  const direct = new Set(
    inventory.manifests.flatMap((manifest) =>
      manifest.occurrences.flatMap((one) => (one.direct === 'yes' ? [one.component] : [])),
    ),
  );
  const isDependency = new Set(dependencies.map((component) => component.purl));
  const directCount = [...direct].filter((index) =>
    isDependency.has(inventory.components[index]!.purl),
  ).length;
  const commit = target.commit === undefined ? '' : ` at ${target.commit.slice(0, 12)}`;
  const files = new Set(inventory.manifests.map((manifest) => manifest.path)).size;
  const facts =
    dependencies.length === 0
      ? files === 0
        ? 'no manifest or lockfile that assay knows was found here'
        : `no dependencies in ${many(files, 'file')}`
      : `${many(dependencies.length, 'component')}${directCount > 0 ? `, ${format(directCount)} direct` : ''}, from ${many(files, 'file')}`;
  return [
    ...wrap(`${printable(target.name)}${commit}: ${facts}`, width).map(style.bold),
    ...wrap(files === 0 ? 'so nothing was checked: this is no all-clear' : summary(snapshot.findings), width),
  ];
}

function summary(findings: readonly Finding[]): string {
  const open = findings.filter((finding) => finding.decision === undefined);
  if (findings.length === 0) return 'nothing known to be wrong in what could be checked';
  const advisories = open.filter((finding) => finding.kind === 'advisory' || finding.kind === 'malware');
  const others = open.length - advisories.length;
  const components = new Set(advisories.map((finding) => finding.component)).size;
  const levels = (['critical', 'high', 'unknown', 'medium', 'low'] as const)
    .map(
      (level) =>
        [
          level === 'unknown' ? 'unscored' : level,
          advisories.filter((f) => f.priority === level).length,
        ] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${level}`);
  const parts = [
    advisories.length === 0
      ? 'no known vulnerabilities in what could be checked'
      : `${many(advisories.length, 'vulnerability', 'vulnerabilities')} in ${many(components, 'component')}: ${levels.join(', ')}`,
    others > 0 ? many(others, 'other remark') : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** Findings that are only in folders which are usually no part of a product: said, with the way to leave them out; never left out by a guess. */
export function testFolderLines(snapshot: Snapshot, style: Style, width: number): string[] {
  const open = snapshot.findings.filter(
    (finding) => finding.decision === undefined && finding.occurrences.length > 0,
  );
  const folders = new Set<string>();
  const there = open.filter(({ occurrences }) => {
    const found = occurrences.flatMap(({ at }) => testFolderOf(at.path) ?? []);
    if (found.length < occurrences.length) return false;
    for (const folder of found) folders.add(folder);
    return true;
  });
  if (there.length < 3) return [];
  const names = [...folders].sort();
  return wrap(
    printable(
      `${format(there.length)} of the findings are only in folders that look like tests or examples (${some(names, 3)}). If they are no part of the product, name them under \`ignore\` in .assay/config.yaml.`,
    ),
    width,
  ).map(style.dim);
}

/** Files that could not be read, then the remarks about input. */
export function problemLines(snapshot: Snapshot, style: Style, width: number, all: boolean): string[] {
  const lost = snapshot.problems.filter((problem) => problem.lost);
  const notes = snapshot.problems.filter((problem) => !problem.lost);
  const lines: string[] = [];
  if (lost.length > 0) {
    const groups = alike(lost, all);
    lines.push(style.bold('NOT READ'), '', ...groups.flatMap((group) => problemBlock(group, style, width)));
  }
  const groups = alike(notes, all);
  const shown = all ? groups : groups.slice(0, 3);
  const hidden = notes.length - shown.flat().length;
  if (shown.length > 0)
    lines.push(
      ...(lines.length > 0 ? [''] : []),
      style.bold('REMARKS ON INPUT'),
      '',
      ...shown.flatMap((group) => problemBlock(group, style, width)),
    );
  if (hidden > 0) lines.push(style.dim(`    and ${hidden} more: --all shows them`));
  const reports = snapshot.decisions.filter((report) => report.state !== 'used');
  if (reports.length > 0) {
    lines.push(...(lines.length > 0 ? [''] : []), style.bold('DECISIONS THAT NEED A LOOK'), '');
    for (const { decision, state } of all ? reports : reports.slice(0, 8)) {
      const place = `${decision.source.path}${decision.source.line === undefined ? '' : `:${decision.source.line}`}`;
      const what = some(
        decision.about.advisories.length > 0
          ? decision.about.advisories
          : [decision.about.component ?? decision.id],
        3,
      );
      lines.push(...wrap(printable(`${state}: ${what} (${place})`), width - 4).map((line) => `    ${line}`));
    }
    if (!all && reports.length > 8)
      lines.push(style.dim(`    and ${reports.length - 8} more: --all shows them`));
  }
  return lines;
}

/** Problems that say the same of several places, as one each; in the order of the first. */
function alike(problems: readonly Problem[], all: boolean): readonly (readonly Problem[])[] {
  if (all) return problems.map((problem) => [problem]);
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = `${problem.message}\0${problem.hint ?? ''}\0${problem.at === undefined}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [problem]);
    else group.push(problem);
  }
  return [...groups.values()];
}

function problemBlock(group: readonly Problem[], style: Style, width: number): string[] {
  const { message, hint, at } = group[0]!;
  const places = group.flatMap((problem) =>
    problem.at === undefined
      ? []
      : [`${problem.at.path}${problem.at.line === undefined ? '' : `:${problem.at.line}`}`],
  );
  const place = at === undefined ? '' : `${some(places, 3)}: `;
  return [
    ...wrap(printable(`${place}${message}`), width - 4).map((line) => `    ${line}`),
    ...(hint === undefined ? [] : wrap(printable(hint), width - 6).map((line) => style.dim(`      ${line}`))),
  ];
}

export function notCheckedLines(snapshot: Snapshot, style: Style, width: number): string[] {
  if (snapshot.notChecked.length === 0) return [];
  return [
    style.bold('NOT CHECKED'),
    '',
    ...snapshot.notChecked.flatMap(({ count, ecosystem, why, examples }) =>
      wrap(
        printable(
          `${format(count)} ${ecosystem}: ${WHY[why]} (${some(
            examples.map((example) => clipped(example, 60)),
            3,
          )}${count > examples.length ? ', …' : ''})`,
        ),
        width - 6,
      ).map((line, index) => `    ${index === 0 ? '' : '  '}${line}`),
    ),
  ];
}

/** Which advisory data was used and how old it is. */
export function dataLines(snapshot: Snapshot, style: Style, width: number): string[] {
  const { sources, kevDate, epssDate } = snapshot.knowledge;
  const starter = sources.filter((source) => source.kind === 'starter');
  const used = new Set(snapshot.inventory.components.map((component) => component.ecosystem));
  const installed = sources.filter((source) => source.kind === 'installed' && used.has(source.ecosystem));
  const lines: string[] = [];
  if (starter.length > 0) {
    const count = starter.reduce((sum, source) => sum + source.advisories, 0);
    lines.push(`starter set: ${count} advisories, landmarks only; run \`assay db update\` for all of them`);
  }
  if (installed.length > 0)
    lines.push(`advisories: ${installed.map((source) => describe(source, snapshot.takenAt)).join('; ')}`);
  const extra = [
    kevDate === undefined ? '' : `KEV ${kevDate}`,
    epssDate === undefined ? '' : `EPSS ${epssDate}`,
  ].filter((text) => text !== '');
  if (extra.length > 0) lines.push(`exploitation: ${extra.join(', ')}`);
  return lines.flatMap((line) => wrap(line, width)).map(style.dim);
}

function describe(source: AdvisorySource, now: string): string {
  const days = Math.floor((Date.parse(now) - Date.parse(source.newest)) / 86_400_000);
  const age = Number.isNaN(days)
    ? ''
    : days <= 0
      ? ', up to today'
      : days === 1
        ? ', 1 day old'
        : `, ${format(days)} days old`;
  return `${source.ecosystem} ${format(source.advisories)}${age}`;
}

export function verdictLine(snapshot: Snapshot, style: Style, width: number): string[] {
  const { effect, reasons } = snapshot.verdict;
  if (effect === 'pass') return [];
  const word = effect === 'block' ? style.red('blocked') : style.yellow('could not verify');
  const [first, ...rest] = wrap(printable(reasons.join('; ')), width - 18);
  return [`${word}: ${first!}`, ...rest.map((line) => `  ${line}`)];
}

const format = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const many = (n: number, one: string, more = `${one}s`): string => `${format(n)} ${n === 1 ? one : more}`;
