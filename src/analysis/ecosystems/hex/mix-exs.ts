import type { Scope } from '../../../model/extractor.ts';
import { keyword, readTerm, textOf, type Term } from './terms.ts';

/** A dependency that mix.exs declares. */
export interface MixDependency {
  readonly app: string;
  readonly requested: string;
  readonly kind: Scope;
  /** From a path or an umbrella: never in the lockfile. */
  readonly isLocal: boolean;
}

/** What can be read of a mix.exs without running it. */
export interface MixProject {
  readonly app: string | undefined;
  readonly version: string;
  /** `undefined` when they are computed, or in an umbrella, whose apps declare their own. */
  readonly dependencies: readonly MixDependency[] | undefined;
}

/**
 * mix.exs is code. Its dependencies are taken only where `deps` is a function that is nothing but a literal list,
 * as the generator writes it and nearly everyone leaves it. https://hexdocs.pm/mix/Mix.Tasks.Deps.html
 */
export function readMixProject(text: string): MixProject {
  const [, app] = /\bapp:\s{0,8}:([a-z]\w{0,99})/.exec(text) ?? [];
  const [, version = ''] = /(?:\bversion:|@version)\s{0,8}"([^"\n#]{1,60})"/.exec(text) ?? [];
  return { app, version, dependencies: /\bapps_path:/.test(text) ? undefined : readDependencies(text) };
}

function readDependencies(text: string): readonly MixDependency[] | undefined {
  const head = /\bdefp?[ \t]{1,8}deps(?:\(\))?[ \t]{1,8}do\b/.exec(text);
  if (head === null) return undefined;
  const list = readTerm(text, head.index + head[0].length, 1);
  if (
    list?.term.kind !== 'list' ||
    !/^(\s|#[^\n]*\n){0,200}end\b/.test(text.slice(list.end, list.end + 2_000))
  )
    return undefined;
  const found: MixDependency[] = [];
  for (const item of list.term.items) {
    const dependency = readDependency(item);
    if (dependency === undefined) return undefined;
    found.push(dependency);
  }
  return found;
}

function readDependency(item: Term): MixDependency | undefined {
  // `[name: "~> 1.0"]` is a list of pairs.
  if (item.kind === 'pair')
    return { app: item.key, requested: textOf(item.value) ?? '', kind: 'prod', isLocal: false };
  if (item.kind !== 'tuple' || item.items[0]?.kind !== 'atom') return undefined;
  const [name, second] = item.items;
  const last = item.items.at(-1)!;
  // Options come as pairs in the tuple itself or as a list at its end.
  const options = last.kind === 'list' ? last : item;
  const only = keyword(options, 'only');
  const environments =
    only === undefined
      ? undefined
      : 'items' in only
        ? only.items.map((entry) => textOf(entry))
        : [textOf(only)];
  const isDev = environments !== undefined && !environments.includes('prod');
  const isBuild = textOf(keyword(options, 'runtime')) === 'false';
  return {
    app: textOf(name)!,
    requested: second?.kind === 'string' ? second.text : '',
    kind: isDev
      ? 'dev'
      : textOf(keyword(options, 'optional')) === 'true'
        ? 'optional'
        : isBuild
          ? 'build'
          : 'prod',
    isLocal: keyword(options, 'path') !== undefined || keyword(options, 'in_umbrella') !== undefined,
  };
}
