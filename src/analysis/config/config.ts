import type { Problem } from '../../model/problem.ts';
import type { LicenceRules } from '../licences/judge.ts';
import type { Threshold } from '../policy/judge.ts';
import type { Exposure } from '../priority/prioritise.ts';
import {
  isNull,
  readYamlMap,
  yamlAt,
  yamlItems,
  yamlText,
  type YamlMap,
  type YamlNode,
} from '../text/yaml.ts';

/** Where a repository states its setting and policy. */
export const CONFIG_PATH = '.assay/config.yaml';

export interface Config {
  /** Where the software runs; changes priorities, and says so in words. */
  readonly exposure: Exposure;
  readonly failOn?: Threshold;
  readonly licences: LicenceRules;
  /** Globs of paths that are not part of the product (fixtures, examples); each use is reported. */
  readonly ignore: readonly string[];
}

export const NO_CONFIG: Config = { exposure: 'unknown', licences: {}, ignore: [] };

const EXPOSURES: readonly Exposure[] = ['internet', 'internal', 'library', 'unknown'];
const THRESHOLDS: readonly Threshold[] = ['critical', 'high', 'medium', 'low'];

/**
 * Reads `.assay/config.yaml`. A value that is not understood gives a problem with its line and is `lost`:
 * a policy that was misread must not pass. Keys: `exposure`, `fail-on`, `licences.allow`, `licences.deny`, `ignore`.
 */
export function parseConfig(
  text: string,
  path: string,
): { readonly config: Config; readonly problems: readonly Problem[] } {
  const { root, problems } = readYamlMap(text, path);
  if (root === undefined) return { config: NO_CONFIG, problems };
  const found: Problem[] = [...problems];
  const wrong = (line: number, key: string, expected: string): void =>
    void found.push({
      code: 'config/unexpected-value',
      message: `${key}: expected ${expected}`,
      at: { path, line },
      hint: 'see docs/configuration.md',
      lost: true,
    });
  checkKeys(root, ['exposure', 'fail-on', 'licences', 'ignore'], '', wrong);
  const licences = yamlAt(root, 'licences');
  if (licences?.kind === 'map') checkKeys(licences, ['allow', 'deny'], 'licences.', wrong);
  else if (licences !== undefined && !isNull(licences))
    wrong(licences.line, 'licences', 'a mapping with allow and deny');
  const oneOf = <T extends string>(key: string, choices: readonly T[]): T | undefined => {
    const node = yamlAt(root, key);
    if (node === undefined || isNull(node)) return undefined;
    const value = choices.find((choice) => choice === yamlText(node));
    if (value === undefined) wrong(node.line, key, `one of ${choices.join(', ')}`);
    return value;
  };
  const texts = (node: YamlNode | undefined, key: string): readonly string[] | undefined => {
    if (node === undefined || isNull(node)) return undefined;
    const values = yamlItems(node).map((item) => yamlText(item.value));
    if (node.kind === 'sequence' && values.every((value) => value !== undefined)) return values;
    wrong(node.line, key, 'a list of texts');
    return undefined;
  };
  const failOn = oneOf('fail-on', THRESHOLDS);
  const allow = texts(yamlAt(licences, 'allow'), 'licences.allow');
  const deny = texts(yamlAt(licences, 'deny'), 'licences.deny');
  return {
    config: {
      exposure: oneOf('exposure', EXPOSURES) ?? 'unknown',
      ...(failOn === undefined ? {} : { failOn }),
      licences: { ...(allow === undefined ? {} : { allow }), ...(deny === undefined ? {} : { deny }) },
      ignore: texts(yamlAt(root, 'ignore'), 'ignore') ?? [],
    },
    problems: found,
  };
}

function checkKeys(
  map: YamlMap,
  known: readonly string[],
  prefix: string,
  wrong: (line: number, key: string, expected: string) => void,
): void {
  for (const [key, { line }] of map.entries)
    if (!known.includes(key)) wrong(line, `${prefix}${key}`, `one of the keys ${known.join(', ')}`);
}
