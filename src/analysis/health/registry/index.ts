import type { RegistryFacts } from '../../../model/adoption.ts';
import type { Problem } from '../../../model/problem.ts';
import type { JsonObject } from '../../text/json.ts';
import { parseJsonObject } from '../../text/json.ts';
import { cratesFacts, isCrates } from './crates.ts';
import { isPackument, npmFacts } from './npm.ts';
import { isPypi, pypiFacts } from './pypi.ts';

/**
 * Reads what a registry answers about a component: npm's packument, PyPI's JSON, crates.io's JSON, told apart by their shape.
 * `facts` is `undefined` when it is none of them; `problems` then says what was found.
 */
export function readRegistry(
  text: string,
  from: string,
): { readonly facts: RegistryFacts | undefined; readonly problems: readonly Problem[] } {
  const { value, problems } = parseJsonObject(text, from);
  if (value === undefined) return { facts: undefined, problems };
  const facts = factsOf(value, from);
  if (facts !== undefined)
    return { facts, problems: problems.filter(({ code }) => code !== 'file/duplicate-key') };
  return {
    facts: undefined,
    problems: [
      {
        code: 'adopt/unknown-metadata',
        message: `expected npm's packument (versions, dist-tags), PyPI's JSON (info, releases) or crates.io's (crate, versions); found the keys ${Object.keys(value).sort().slice(0, 5).join(', ') || 'none'}`,
        at: { path: from },
        lost: true,
      },
    ],
  };
}

function factsOf(value: JsonObject, from: string): RegistryFacts | undefined {
  if (isPypi(value)) return pypiFacts(value, from);
  if (isCrates(value)) return cratesFacts(value, from);
  if (isPackument(value)) return npmFacts(value, from);
  return undefined;
}
