import type { Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../text/json.ts';
import type { TomlDocument } from '../../text/toml.ts';
import { parseToml } from '../../text/toml.ts';
import { isExtraMarker, normaliseName, parseRequirement } from './requirement.ts';

/** One dependency that a manifest declares. */
export interface Declared {
  /** As written. */
  readonly name: string;
  /** As written, e.g. `>=1,<2` or poetry's `^1.2`; `''` for any. */
  readonly range: string;
  /** What it is instead of a registry release: URL, git URL or path. */
  readonly url?: string;
  readonly extras: readonly string[];
  readonly kind: Scope;
  /** It only holds on some machines (a marker, a platform). */
  readonly isConditional: boolean;
  readonly line: number;
}

export interface Pyproject {
  /** `''` when not given. */
  readonly name: string;
  readonly version: string;
  readonly declared: readonly Declared[];
  readonly problems: readonly Problem[];
}

/**
 * Reads what a pyproject.toml declares: PEP 621 `[project]`, PEP 735 `[dependency-groups]`, `[build-system]`,
 * and the sections of poetry, uv and pdm. Entries that cannot be read are problems.
 * https://packaging.python.org/en/latest/specifications/pyproject-toml/ https://python-poetry.org/docs/pyproject/
 */
export function readPyproject(text: string, path: string): Pyproject {
  const document = parseToml(text, path);
  const project = objectAt(document.value, 'project');
  const tool = objectAt(document.value, 'tool');
  const poetry = objectAt(tool, 'poetry');
  const declared: Declared[] = [];
  const problems: Problem[] = document.problems.filter((problem) => problem.code !== 'file/empty');
  const out: Sink = { document, path, declared, problems };
  strings(out, project, ['project'], 'dependencies', 'prod');
  groups(out, project, ['project'], 'optional-dependencies', 'optional');
  groups(out, document.value, [], 'dependency-groups', 'dev');
  strings(out, objectAt(document.value, 'build-system'), ['build-system'], 'requires', 'build');
  strings(out, objectAt(tool, 'uv'), ['tool', 'uv'], 'dev-dependencies', 'dev');
  groups(out, objectAt(tool, 'pdm'), ['tool', 'pdm'], 'dev-dependencies', 'dev');
  poetryTable(out, poetry, ['tool', 'poetry', 'dependencies'], 'prod');
  poetryTable(out, poetry, ['tool', 'poetry', 'dev-dependencies'], 'dev');
  const poetryGroups = objectAt(poetry, 'group');
  for (const group of Object.keys(poetryGroups ?? {}))
    poetryTable(
      out,
      objectAt(poetryGroups, group),
      ['tool', 'poetry', 'group', group, 'dependencies'],
      group === 'main' ? 'prod' : 'dev',
    );
  const sources = uvSources(objectAt(objectAt(tool, 'uv'), 'sources'));
  return {
    name: stringAt(project, 'name') ?? stringAt(poetry, 'name') ?? '',
    version: stringAt(project, 'version') ?? stringAt(poetry, 'version') ?? '',
    declared: withoutEchoes(declared).map((one) => withSource(one, sources)),
    problems: isTemplate(path) ? problems.map(withoutLoss) : problems,
  };
}

interface Sink {
  readonly document: TomlDocument;
  readonly path: string;
  readonly declared: Declared[];
  readonly problems: Problem[];
}

/** `[tool.uv.sources]`: where a name is taken from instead of the index, as a URL or path, by normalised name. */
function uvSources(table: JsonObject | undefined): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const name of Object.keys(table ?? {})) {
    const given = table![name];
    const first: unknown = Array.isArray(given) ? given[0] : given;
    if (typeof first !== 'object' || first === null) continue;
    const source = first as JsonObject;
    const git = stringAt(source, 'git');
    const reference = stringAt(source, 'rev') ?? stringAt(source, 'tag') ?? stringAt(source, 'branch');
    const url =
      git === undefined
        ? (stringAt(source, 'url') ??
          stringAt(source, 'path') ??
          (source['workspace'] === true ? `./${name}` : undefined))
        : `git+${git}${reference === undefined ? '' : `@${reference}`}`;
    if (url !== undefined) sources.set(normaliseName(name), url);
  }
  return sources;
}

function withSource(one: Declared, sources: ReadonlyMap<string, string>): Declared {
  const url = one.url ?? sources.get(normaliseName(one.name));
  return url === undefined ? one : { ...one, url };
}

/** A file of a project template (cookiecutter, copier) is filled in before it is used: what cannot be read in it is no loss. */
export const isTemplate = (path: string): boolean => path.includes('{{');

/** The problem as something worth knowing only. */
export const withoutLoss = ({ lost: _lost, ...problem }: Problem): Problem => problem;

/** Poetry 2 lets `[tool.poetry.dependencies]` enrich what `[project]` declares: the same name twice is one dependency. */
function withoutEchoes(declared: readonly Declared[]): Declared[] {
  const seen = new Map<string, Declared>();
  const kept: Declared[] = [];
  for (const one of declared) {
    const key = `${one.kind}\0${normaliseName(one.name)}`;
    const before = seen.get(key);
    const isEcho =
      before !== undefined && (one.range === '' || one.range === before.range) && one.url === before.url;
    if (isEcho) continue;
    seen.set(key, one);
    kept.push(one);
  }
  return kept;
}

function strings(
  out: Sink,
  table: JsonObject | undefined,
  at: readonly string[],
  key: string,
  kind: Scope,
): void {
  for (const [index, item] of arrayAt(table, key).entries()) {
    // `{include-group = "x"}` names a group whose entries are read where they stand.
    if (typeof item === 'object') continue;
    const line = out.document.lineOf(...at, key, index);
    const found = typeof item === 'string' ? parseRequirement(item) : undefined;
    if (found === undefined) unread(out, typeof item === 'string' ? item : typeof item, line);
    else
      out.declared.push({
        name: found.name,
        range: found.specifier,
        ...(found.url === undefined ? {} : { url: found.url }),
        extras: found.extras,
        kind: kind === 'prod' && isExtraMarker(found.marker) ? 'optional' : kind,
        isConditional: found.marker !== '',
        line,
      });
  }
}

function groups(
  out: Sink,
  table: JsonObject | undefined,
  at: readonly string[],
  key: string,
  kind: Scope,
): void {
  const found = objectAt(table, key);
  for (const group of Object.keys(found ?? {})) strings(out, found, [...at, key], group, kind);
}

function poetryTable(out: Sink, parent: JsonObject | undefined, at: readonly string[], kind: Scope): void {
  const table = objectAt(parent, at.at(-1)!);
  for (const name of Object.keys(table ?? {})) {
    if (name.toLowerCase() === 'python') continue;
    const line = out.document.lineOf(...at, name);
    const given = table![name];
    // One name may be asked for in several ways, by platform.
    for (const constraint of Array.isArray(given) ? (given as readonly unknown[]) : [given]) {
      const found = poetryDependency(name, constraint, kind, line);
      if (found === undefined) unread(out, name, line);
      else out.declared.push(found);
    }
  }
}

function poetryDependency(
  name: string,
  constraint: unknown,
  kind: Scope,
  line: number,
): Declared | undefined {
  if (typeof constraint === 'string')
    return {
      name,
      range: constraint === '*' ? '' : constraint,
      extras: [],
      kind,
      isConditional: false,
      line,
    };
  if (typeof constraint !== 'object' || constraint === null) return undefined;
  const table = constraint as JsonObject;
  const range = stringAt(table, 'version') ?? '';
  const git = stringAt(table, 'git');
  const reference = stringAt(table, 'rev') ?? stringAt(table, 'tag') ?? stringAt(table, 'branch');
  const url =
    git === undefined
      ? (stringAt(table, 'url') ?? stringAt(table, 'path'))
      : `git+${git}${reference === undefined ? '' : `@${reference}`}`;
  return {
    name,
    range: range === '*' ? '' : range,
    ...(url === undefined ? {} : { url }),
    extras: arrayAt(table, 'extras').filter((extra) => typeof extra === 'string'),
    kind: table['optional'] === true ? 'optional' : kind,
    isConditional: ['markers', 'python', 'platform'].some((key) => Object.hasOwn(table, key)),
    line,
  };
}

function unread(out: Sink, text: string, line: number): void {
  out.problems.push({
    code: 'pypi/requirement-unread',
    message: `expected a requirement such as \`name>=1.2\`, found ${JSON.stringify(text.slice(0, 60))}`,
    at: { path: out.path, line },
    lost: true,
  });
}

/**
 * A poetry constraint as a PEP 440 specifier: `^1.2.3` → `>=1.2.3,<2.0.0`, `~1.2` → `>=1.2,<1.3`, `1.2` → `==1.2`.
 * What it does not know, such as `||`, it returns as it is. https://python-poetry.org/docs/dependency-specification/
 */
export function poetrySpecifier(range: string): string {
  return range
    .split(',')
    .map((part) => {
      const clause = part.trim();
      const found = /^([\^~])\s*v?(\d+(?:\.\d+)*)((?:[-.]?[a-z][\w.-]*)?)$/.exec(clause);
      if (found === null) return /^v?\d[\w.+!-]*$/.test(clause) ? `==${clause}` : clause;
      const numbers = found[2]!.split('.').map(Number);
      const bumped = found[1] === '~' ? Math.min(1, numbers.length - 1) : firstNonZero(numbers);
      const upper = numbers.slice(0, bumped + 1).map((number, i) => (i === bumped ? number + 1 : number));
      while (upper.length < numbers.length) upper.push(0);
      return `>=${found[2]}${found[3]},<${upper.join('.')}`;
    })
    .join(',');
}

function firstNonZero(numbers: readonly number[]): number {
  const at = numbers.findIndex((number) => number !== 0);
  return at === -1 ? numbers.length - 1 : at;
}
