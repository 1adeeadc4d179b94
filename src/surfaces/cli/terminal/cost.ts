import { grouped } from '../../../documents/common/words.ts';
import { withCopies, type WithCopies } from '../../../documents/cost/copies.ts';
import { bringsIn, many, openWords, restsOn } from '../../../documents/cost/words.ts';
import type { Burden, Cost, DirectCost, ManifestCost } from '../../../model/cost.ts';
import type { Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import { dataLines, notCheckedLines, problemLines } from './footer.ts';
import { freeingLines } from './freeing.ts';
import { some, type TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** Rows of the largest file and of the two after it, without `--all`. */
const SHOWN_FIRST = 12;
const SHOWN_NEXT = 5;
const SHOWN_FILES = 3;

/** The costs as people read them: bars for the largest files, a line for each other, then what it rests on. Ends with a newline. */
export function terminalCost(snapshot: Snapshot, cost: Cost, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const { all } = options;
  const sections =
    cost.freeing === undefined
      ? [headline(snapshot, cost, style, width), ...fileSections(cost, style, width, all)]
      : freeingLines(snapshot, cost.freeing, style, width, all);
  const lost = {
    ...snapshot,
    problems: snapshot.problems.filter(({ lost: isLost }) => isLost),
    decisions: [],
  };
  return `${[
    ...sections,
    problemLines(lost, style, width, all),
    // What to drop to be rid of a component does not depend on advisories.
    cost.freeing === undefined ? notCheckedLines(snapshot, style, width) : [],
    dataLines(snapshot, style, width),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ target }: Snapshot, { manifests }: Cost, style: Style, width: number): string[] {
  const commit = target.commit === undefined ? '' : ` at ${target.commit.slice(0, 12)}`;
  const directs = manifests.reduce((sum, manifest) => sum + manifest.directs.length, 0);
  const facts =
    manifests.length === 0
      ? 'no dependencies were found'
      : `what ${many(directs, 'direct dependency', 'direct dependencies')} in ${many(manifests.length, 'file')} ${directs === 1 ? 'costs' : 'cost'}`;
  return wrap(`${printable(target.name)}${commit}: ${facts}`, width).map(style.bold);
}

function fileSections({ manifests }: Cost, style: Style, width: number, all: boolean): string[][] {
  const drawn = withCopies(
    manifests.filter(({ edgesKnown, total, directs }) => edgesKnown && total.components > directs.length),
  );
  const shown = all ? drawn : drawn.slice(0, SHOWN_FILES);
  const sections = shown.map((one, index) =>
    fileSection(one, all ? Infinity : index === 0 ? SHOWN_FIRST : SHOWN_NEXT, style, width),
  );
  const told = new Set(shown.flatMap(({ manifest, copies }) => [manifest.path, ...copies]));
  const rest = manifests.filter(({ path }) => !told.has(path));
  if (rest.length > 0) sections.push(restLines(rest, style, width, all));
  return sections;
}

function fileSection({ manifest, copies }: WithCopies, most: number, style: Style, width: number): string[] {
  const { directs } = manifest;
  const where =
    manifest.workspace === undefined ? manifest.path : `${manifest.workspace} in ${manifest.path}`;
  const head = `${where}: ${bringsIn(manifest)}`;
  const shown = directs.slice(0, most).filter(({ goes, shares }) => goes.components + shares.components > 0);
  const left = directs.slice(shown.length);
  return [
    ...wrap(printable(head), width).map(style.bold),
    style.dim(`${BAR.goes} goes when it goes  ${BAR.shared} shared with others, stays`),
    '',
    ...barRows(shown, style, width),
    ...(left.length === 0
      ? []
      : [
          style.dim(
            `  and ${grouped(left.length)} more, ${many(
              left.reduce((sum, { goes }) => sum + goes.components, 0),
              'component goes',
              'components go',
            )} with them: --all shows each`,
          ),
        ]),
    '',
    ...[
      ...(copies.length === 0 ? [] : [`the same in ${some(copies, most)}`]),
      ...factLines(manifest, most),
    ].flatMap((line) => wrap(printable(line), width - 4).map((text, i) => `  ${i === 0 ? '' : '  '}${text}`)),
  ];
}

/** Two characters that differ in weight, so that the bars need no colour. */
export const BAR = { goes: '█', shared: '░' } as const;

function barRows(directs: readonly DirectCost[], style: Style, width: number): string[] {
  const most = Math.max(1, ...directs.map(({ goes, shares }) => goes.components + shares.components));
  const figures = directs.map(
    ({ goes, shares }) => `${grouped(goes.components)} of ${grouped(goes.components + shares.components)}`,
  );
  const figure = Math.max(0, ...figures.map((text) => text.length));
  const names = directs.map(({ name, version }) => printable(`${name} ${shortVersion(version)}`.trim()));
  const bar = width >= 90 ? 28 : width >= 70 ? 20 : 14;
  const mostName = width - (2 + 2 + bar + 2 + figure);
  const name = Math.max(
    ...names.map(({ length }) => (length > mostName ? 0 : length)),
    Math.min(mostName, 16),
  );
  return directs.flatMap((direct, i) => {
    const { goes, shares } = direct;
    const dark = scaled(goes.components, most, bar);
    const whole = Math.max(dark, scaled(goes.components + shares.components, most, bar));
    const drawn = style.cyan(BAR.goes.repeat(dark)) + style.dim(BAR.shared.repeat(whole - dark));
    // A name is never cut: what is piped is searched for it. One that is too long has a line of its own.
    const isLong = names[i]!.length > name;
    const label = isLong ? ' '.repeat(name) : names[i]!.padEnd(name);
    const line = `  ${label}  ${drawn}${' '.repeat(bar - whole)}  ${figures[i]!.padStart(figure)}`;
    const words = burdenWords(goes, style);
    const room = width - (2 + name + 2 + bar + 2 + figure + 2);
    return [
      ...(isLong ? [`  ${names[i]!}`] : []),
      ...(words.plain === ''
        ? [line]
        : words.plain.length <= room
          ? [`${line}  ${words.painted}`]
          : [line, `${' '.repeat(indentOf(words.plain, name + 4, width))}${words.painted}`]),
    ];
  });
}

/** Under the bars where it fits there, else as far to the right as it fits, though never beside the names. */
const indentOf = ({ length }: string, wanted: number, width: number): number =>
  Math.max(4, Math.min(wanted, width - length));

/** At least one cell for anything above nothing. */
function scaled(count: number, most: number, cells: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round((count / most) * cells));
}

/** `2 critical, 10 high, 17 more; 3 install scripts`: what would go with it, worst first. */
function burdenWords(burden: Burden, style: Style): { plain: string; painted: string } {
  const scripts = burden.installScripts ?? 0;
  const support = [
    ...(scripts > 0 ? [many(scripts, 'script')] : []),
    ...(burden.deprecated > 0 ? [`${grouped(burden.deprecated)} deprecated`] : []),
  ];
  const urgent = burden.open.critical + burden.open.high > 0;
  const findings = openWords(burden);
  const rest = support.join(', ');
  const glue = findings !== '' && rest !== '' ? '; ' : '';
  const paint = urgent ? style.red : style.yellow;
  return {
    plain: findings + glue + rest,
    painted: (findings === '' ? '' : paint(findings)) + style.dim(glue + rest),
  };
}

function factLines(manifest: ManifestCost, most: number): string[] {
  const { directs, joint, neededBy, duplicates, workspaces } = manifest;
  const lines = most === Infinity ? Infinity : 3;
  const named = new Map<string, number>();
  for (const direct of directs) named.set(direct.name, (named.get(direct.name) ?? 0) + 1);
  // Workspaces may declare one name in several versions.
  const calledBy = (direct: (typeof directs)[number]): string =>
    named.get(direct.name)! > 1 ? `${direct.name} ${direct.version}` : direct.name;
  const name = (index: number): string => calledBy(directs[index]!);
  const held = directs.filter(({ holders, heldByOrphans }) => holders > 0 || heldByOrphans);
  const facts: string[] = [];
  if (neededBy !== undefined)
    facts.push(
      `needed by one direct dependency: ${grouped(neededBy.one)}; by two: ${grouped(neededBy.two)}; by three: ${grouped(neededBy.three)}; by more: ${grouped(neededBy.more)}`,
    );
  for (const { directs: some, more } of joint.slice(0, lines))
    facts.push(`${listed(some.map(name))} together free ${grouped(more)} more than each alone`);
  if (held.length > 0) {
    const examples = held.map((direct) =>
      direct.heldBy.length === 0
        ? `${calledBy(direct)} (by what nothing asks for)`
        : `${calledBy(direct)} (by ${name(direct.heldBy[0]!)}${direct.holders > 1 ? ` and ${grouped(direct.holders - 1)} more` : ''})`,
    );
    facts.push(
      `${many(held.length, 'direct dependency', 'direct dependencies')} would stay when dropped, being brought in by others too: ${some(examples, lines)}`,
    );
  }
  if (duplicates.length > 0)
    facts.push(
      `${many(duplicates.length, 'name stands', 'names stand')} in several versions: ${some(
        duplicates.map(({ name: one, versions }) => `${one} ${some(versions, 4)}`),
        lines,
      )}`,
    );
  if (workspaces.length > 1) {
    const largest = [...workspaces].sort((a, b) => b.needs - a.needs || (a.name < b.name ? -1 : 1));
    facts.push(
      `${grouped(workspaces.length)} workspaces: ${some(
        largest.map(
          ({ name: one, needs, alone }) => `${one} needs ${grouped(needs)}, ${grouped(alone)} of them alone`,
        ),
        lines,
      )}`,
    );
  }
  facts.push(...restsOn(manifest));
  return facts;
}

/** One line for each file that has no bars. */
function restLines(rest: readonly ManifestCost[], style: Style, width: number, all: boolean): string[] {
  const shown = all ? rest : rest.slice(0, 8);
  const left = rest.slice(shown.length);
  return [
    style.bold('OTHER FILES'),
    '',
    ...shown.flatMap(({ path, total, directs, edgesKnown }) => {
      const top = directs[0];
      const words = !edgesKnown
        ? `${many(total.components, 'component')}; edges unknown: this kind of file does not say who asks for whom`
        : total.components <= directs.length || top === undefined
          ? `${many(total.components, 'component')}, ${total.components === 1 ? 'direct' : 'all of them direct'}`
          : `${many(total.components, 'component')}; most goes with ${top.name}: ${grouped(top.goes.components)} of ${grouped(top.goes.components + top.shares.components)}`;
      return wrap(printable(`${path}: ${words}`), width - 4).map(
        (line, i) => `  ${i === 0 ? '' : '  '}${line}`,
      );
    }),
    ...(left.length === 0
      ? []
      : [style.dim(`  and ${grouped(left.length)} more files: --all shows them, --manifest PATH one`)]),
  ];
}

/** `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

/** A commit by the digits that people know it by; other versions as they are. */
const shortVersion = (version: string): string =>
  /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(version) ? version.slice(0, 12) : version;
