import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ecosystems } from '../../analysis/ecosystems/index.ts';
import { parsePurl } from '../../analysis/identity/purl.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { ECOSYSTEMS } from '../../model/ecosystem.ts';
import { AssayError } from '../../model/problem.ts';

/** What somebody asks about: a component by name, a clone, or both. */
export interface AdoptTarget {
  readonly name: string;
  readonly component?: string;
  readonly ecosystem?: EcosystemId;
  readonly version?: string;
  /** Absolute. */
  readonly clone?: string;
}

/**
 * Reads `NAME@VERSION`, a purl, a path, or a `file://` URL of a clone. A path that exists wins over a name.
 * AssayErrors: `cli/usage`; `adopt/remote-url` for an address that would have to be fetched.
 */
export function adoptTarget(
  text: string,
  options: { readonly clone?: string; readonly ecosystem?: string; readonly cwd: string },
): AdoptTarget {
  const clone = options.clone === undefined ? undefined : clonePath(options.clone, options.cwd);
  const given = options.ecosystem === undefined ? undefined : ecosystemNamed(options.ecosystem);
  const withClone = clone === undefined ? {} : { clone };
  if (text.startsWith('pkg:')) return { ...purlTarget(text), ...withClone };
  if (isPlace(text, options.cwd)) {
    if (clone !== undefined)
      throw new AssayError('cli/usage', `adopt: ${text} is a clone, and --clone names another`, {
        hint: 'name the component and its clone: assay adopt NAME@VERSION --clone PATH',
      });
    return { name: text, clone: clonePath(text, options.cwd) };
  }
  if (/^[a-z+]+:\/\/|^[^@/\s]+@[^:/\s]+:/i.test(text)) throw remote(text);
  const at = text.lastIndexOf('@');
  const name = at > 0 ? text.slice(0, at) : text;
  const version = at > 0 ? text.slice(at + 1) : '';
  if (name === '' || /\s/.test(name))
    throw new AssayError('cli/usage', `adopt: ${JSON.stringify(text)} is no name`);
  return {
    name: text,
    component: name,
    ...(version === '' ? {} : { version }),
    ...(given === undefined ? {} : { ecosystem: given }),
    ...withClone,
  };
}

const isPlace = (text: string, cwd: string): boolean =>
  text.startsWith('file:') || /^(?:\.{1,2}(?:\/|$)|\/|~\/)/.test(text) || existsSync(resolve(cwd, text));

function clonePath(text: string, cwd: string): string {
  if (!text.startsWith('file:')) {
    if (/^[a-z+]+:\/\//i.test(text)) throw remote(text);
    return resolve(cwd, text);
  }
  try {
    return fileURLToPath(text);
  } catch (error) {
    throw new AssayError('cli/usage', `adopt: ${text} names no local folder`, {
      hint: 'write it as file:///absolute/path',
      cause: error,
    });
  }
}

const remote = (text: string): AssayError =>
  new AssayError('adopt/remote-url', `adopt: ${text} would have to be fetched, and nothing is fetched here`, {
    hint: 'git clone --bare it (with its history: no --depth), then name the clone',
  });

function purlTarget(text: string): AdoptTarget {
  const read = parsePurl(text);
  if (!read.ok) throw new AssayError('cli/usage', `adopt: ${read.problem.message}`);
  const { type, namespace, name, version } = read.parts;
  const ecosystem = ecosystems.find(({ purlType }) => purlType === type);
  if (ecosystem === undefined)
    throw new AssayError('cli/usage', `adopt: components of the purl type ${type} are not known here`);
  // Maven joins its parts with a colon, all others with a slash.
  const joint = ecosystem.id === 'Maven' ? ':' : '/';
  return {
    name: text,
    component: namespace === '' ? name : `${namespace}${joint}${name}`,
    ecosystem: ecosystem.id,
    ...(version === '' ? {} : { version }),
  };
}

function ecosystemNamed(text: string): EcosystemId {
  const found =
    ECOSYSTEMS.find((id) => id.toLowerCase() === text.toLowerCase()) ??
    ecosystems.find(({ purlType }) => purlType === text.toLowerCase())?.id;
  if (found !== undefined) return found;
  throw new AssayError(
    'cli/usage',
    `adopt: --ecosystem ${text}: expected one of ${ECOSYSTEMS.slice(0, 12).join(', ')}`,
  );
}
