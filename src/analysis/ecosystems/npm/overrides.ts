import type { Extraction, Override } from '../../../model/extractor.ts';
import { objectAt, parseJsonObject, scanJsonKeys, type JsonObject } from '../../text/json.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { readYamlMap, yamlAt, yamlEntries, yamlText } from '../../text/yaml.ts';
import { overriddenName } from './manifest.ts';
import { clean } from './scrub.ts';
import { parseSpec } from './spec.ts';

/** Which keys of package.json each package manager obeys. */
export type OverrideField = 'overrides' | 'resolutions' | 'pnpm.overrides';

/**
 * The extraction with what the package.json beside its file forces on dependencies.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#overrides, https://yarnpkg.com/configuration/manifest#resolutions,
 * https://pnpm.io/settings#overrides
 */
export function withOverrides(
  extraction: Extraction,
  path: string,
  companion: (path: string) => string | undefined,
  fields: readonly OverrideField[],
): Extraction {
  const folder = folderOf(path);
  const manifest = joinPath(folder, 'package.json')!;
  const text = companion(manifest);
  const settings = settingsPath(folder);
  const workspace = fields.includes('pnpm.overrides') ? companion(settings) : undefined;
  const overrides = [
    ...(text === undefined ? [] : overridesIn(text, manifest, fields)),
    ...(workspace === undefined ? [] : workspaceOverrides(workspace, settings)),
  ];
  return overrides.length === 0 ? extraction : { ...extraction, overrides };
}

/** Where newer pnpm keeps its overrides. */
export const settingsPath = (folder: string): string =>
  folder === '' ? 'pnpm-workspace.yaml' : `${folder}/pnpm-workspace.yaml`;

/** Deepest nesting of overrides that is read; npm's own documentation stops at two. */
const MAX_DEPTH = 16;

function overridesIn(text: string, path: string, fields: readonly OverrideField[]): Override[] {
  if (!text.includes('"overrides"') && !text.includes('"resolutions"')) return [];
  const { value } = parseJsonObject(text, path);
  const found: Omit<Override, 'line'>[] = [];
  for (const field of fields) {
    const keys = field.split('.');
    const group = keys.reduce<JsonObject | undefined>(objectAt, value);
    if (group !== undefined) collect(group, keys, path, found);
  }
  if (found.length === 0) return [];
  const lines = linesOfKeys(text);
  return found.map((override) => ({ ...override, line: lines.get(override.keys.join('\0')) ?? 0 }));
}

function collect(
  group: JsonObject,
  keys: readonly string[],
  path: string,
  found: Omit<Override, 'line'>[],
): void {
  if (keys.length > MAX_DEPTH) return;
  for (const key of Object.keys(group)) {
    const value = group[key];
    const inner = objectAt(group, key);
    if (inner !== undefined) collect(inner, [...keys, key], path, found);
    else if (typeof value === 'string') {
      const override = overrideOf([...keys, key], value, path);
      if (override !== undefined) found.push(override);
    }
  }
}

/** `undefined` for what names no registry version: a git address, or `$name`, which is as the direct dependency is. */
function overrideOf(
  keys: readonly string[],
  specifier: string,
  path: string,
): Omit<Override, 'line'> | undefined {
  // npm: `"a": { ".": "1.0.0" }` is a itself.
  const last = keys.at(-1) === '.' ? keys.at(-2)! : keys.at(-1)!;
  const { name, range, origin } = parseSpec(overriddenName(last), specifier);
  if (origin !== 'registry' || specifier.startsWith('$') || name === '') return undefined;
  return { name, range: clean(range), path, keys };
}

function linesOfKeys(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const path: string[] = [];
  scanJsonKeys(text, MAX_DEPTH + 1, (depth, key, line) => {
    path.length = depth - 1;
    path.push(key);
    if (path[0] === 'overrides' || path[0] === 'resolutions' || path[0] === 'pnpm')
      lines.set(path.join('\0'), line);
  });
  return lines;
}

function workspaceOverrides(text: string, path: string): Override[] {
  const { root } = readYamlMap(text, path);
  return yamlEntries(yamlAt(root, 'overrides')).flatMap(([key, { value, line }]) => {
    const specifier = yamlText(value);
    const override = specifier === undefined ? undefined : overrideOf(['overrides', key], specifier, path);
    return override === undefined ? [] : [{ ...override, line }];
  });
}
