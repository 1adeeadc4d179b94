import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from '../../text/json.ts';
import { eachLine } from '../../text/lines.ts';
import { baseName } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';

/** Swift Package Manager's pins, versions 1 to 3. */
export const packageResolved: Extractor = {
  id: 'swift/package-resolved',
  version: 1,
  ecosystem: 'SwiftURL',
  title: 'Swift Package.resolved',
  files: ['Package.resolved'],
  notes: [
    'Every pin under its repository address without scheme and `.git`, as advisories name it. A pin to a branch or commit has the commit as its version and is not matched.',
    'The file does not say which packages are direct nor who asks for whom; Package.swift is code and is not read. It has no checksums beyond the commit.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'Package.resolved',
  extract({ path, text }) {
    const { value, problems } = parseJsonObject(text, path);
    const faults: Problem[] = [];
    const lose = (code: string, message: string, line?: number): void => {
      faults.push({ code, message, at: line === undefined ? { path } : { path, line }, lost: true });
    };
    const version = value?.['version'];
    const holder = version === 1 ? objectAt(value, 'object') : value;
    if (value !== undefined && !Array.isArray(holder?.['pins']))
      lose('file/unexpected-shape', 'found no "pins"; expected a Package.resolved');
    else if (value !== undefined && version !== 1 && version !== 2 && version !== 3)
      lose(
        'swift/unknown-version',
        `expected version 1, 2 or 3, found ${JSON.stringify(version ?? null).slice(0, 40)}`,
      );
    const lines = pinLines(text);
    const components: ExtractedComponent[] = [];
    const bad: number[] = [];
    const pins = arrayAt(holder, 'pins');
    pins.forEach((pin, index) => {
      // A file that is not laid out one key a line gives no lines rather than wrong ones.
      const line = lines.length === pins.length ? lines[index]! : 0;
      const component = readPin(pin, line);
      if (component === undefined) bad.push(line);
      else components.push(component);
    });
    if (bad.length > 0)
      lose(
        'swift/malformed-pin',
        `${bad.length} pin${bad.length === 1 ? '' : 's'} without a place or a state`,
        bad[0],
      );
    return {
      role: 'lock',
      components,
      edges: [],
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: [...problems, ...faults],
    };
  },
};

/**
 * `https://github.com/apple/swift-nio.git` and `git@github.com:apple/swift-nio.git` → `github.com/apple/swift-nio`.
 * https://github.com/ossf/osv-schema: SwiftURL names are repository addresses without scheme and suffix.
 */
export function nameOfUrl(url: string): string {
  return url
    .replace(/^[a-z][a-z0-9+.-]{0,20}:\/\//i, '')
    .replace(/^[^/@]{1,100}@/, '')
    .replace(/^([^/:]{1,253}):(?!\d{1,5}\/)\/?/, '$1/')
    .replace(/\/{1,10}$/, '')
    .replace(/\.git$/, '');
}

function readPin(raw: unknown, line: number): ExtractedComponent | undefined {
  const pin =
    typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as JsonObject) : undefined;
  const state = objectAt(pin, 'state');
  const place = stringAt(pin, 'location') ?? stringAt(pin, 'repositoryURL') ?? '';
  const identity = stringAt(pin, 'identity') ?? stringAt(pin, 'package') ?? '';
  const isLocal = stringAt(pin, 'kind') === 'localSourceControl' || /^(\/|file:|\.)/.test(place);
  const name = isLocal ? identity : nameOfUrl(place) || identity;
  const version = stringAt(state, 'version');
  const revision = stringAt(state, 'revision') ?? '';
  if (name === '' || (version === undefined && revision === '')) return undefined;
  return {
    name,
    version: version ?? revision,
    origin: isLocal ? 'file' : version === undefined ? 'git' : 'registry',
    line,
    ...(place === '' ? {} : { source: withoutCredentials(revision === '' ? place : `${place}#${revision}`) }),
  };
}

/** Line of each pin, by the key that every pin has once. */
function pinLines(text: string): readonly number[] {
  const lines: number[] = [];
  eachLine(text, (line, number) => {
    if (/^\s{0,40}"(identity|package)"\s{0,4}:/.test(line)) lines.push(number);
  });
  return lines;
}
