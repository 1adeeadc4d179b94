import type { Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { objectAt, parseJsonObject, stringAt } from '../../text/json.ts';

/** One requirement of a composer.json. */
export interface Requirement {
  /** Lower case: Composer's names are. */
  readonly name: string;
  readonly range: string;
  readonly kind: Scope;
  readonly line: number;
}

export interface ComposerJson {
  readonly name: string;
  readonly version: string;
  readonly requirements: readonly Requirement[];
  readonly problems: readonly Problem[];
}

/** Reads a composer.json. Platform requirements (`php`, `ext-*`) are left out. https://getcomposer.org/doc/04-schema.md */
export function readComposerJson(text: string, path: string): ComposerJson {
  const lines = new Map<string, number>();
  let section = '';
  const { value, problems } = parseJsonObject(text, path, (depth, key, line) => {
    if (depth === 1) section = key;
    else if (depth === 2 && !lines.has(`${section}\0${key}`)) lines.set(`${section}\0${key}`, line);
  });
  const requirements: Requirement[] = [];
  const unread: Problem[] = [];
  for (const [key, kind] of [
    ['require', 'prod'],
    ['require-dev', 'dev'],
  ] as const) {
    const table = objectAt(value, key);
    for (const name of Object.keys(table ?? {})) {
      if (isPlatform(name)) continue;
      const line = lines.get(`${key}\0${name}`) ?? 0;
      const range = stringAt(table, name);
      if (range !== undefined) requirements.push({ name: name.toLowerCase(), range, kind, line });
      else {
        const message = `expected a version constraint for ${name}`;
        unread.push({ code: 'packagist/entry-unread', message, at: { path, line }, lost: true });
      }
    }
  }
  return {
    name: stringAt(value, 'name') ?? '',
    version: stringAt(value, 'version') ?? '',
    requirements,
    problems: [...problems, ...unread],
  };
}

/** Names without a vendor are the platform: PHP, its extensions, Composer itself. */
export const isPlatform = (name: string): boolean => !name.includes('/');

/** Names of a package's table such as `require`, lower case, without the platform. */
export function namesIn(
  value: JsonObject,
  key: string,
): readonly { readonly name: string; readonly range: string }[] {
  const table = objectAt(value, key);
  return Object.keys(table ?? {}).flatMap((name) =>
    isPlatform(name) ? [] : [{ name: name.toLowerCase(), range: stringAt(table, name) ?? '' }],
  );
}
