import type { DisclosureRule, Find, Window } from '../../../../model/disclosure.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { lookOf } from '../form/placeholders.ts';
import { isReference } from '../form/references.ts';

/** A value under `data:` or `stringData:`: `password: cGFzcw==`. */
const ENTRY =
  /^(\s+)["']?([\w.-]{1,200})["']?:\s*(?:["']?([0-9A-Za-z+/]{8,}={0,2})["']?|["']?([^\s"'#][^"'#]*)["']?)\s*(?:#.*)?$/;

/**
 * Values of a `kind: Secret` manifest, behind that line and up to the end of its document. Base64 is no protection. What stands before
 * the line is not seen: manifests put the kind first.
 */
function findSecrets({ text, start, end }: Window): readonly Find[] {
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const indent = /^\s*/.exec(text.slice(lineStart, start))![0].replace('-', ' ').length;
  const finds: Find[] = [];
  let block: 'data' | 'stringData' | undefined;
  let at = text.indexOf('\n', end) + 1;
  while (at > 0 && at < text.length) {
    const stop = text.indexOf('\n', at);
    const line = text.slice(at, stop === -1 ? text.length : stop).replace(/\r$/, '');
    if (line.startsWith('---') || line.length > 20_000) break;
    const own = line.length - line.trimStart().length;
    if (line.trim() !== '' && own <= indent) {
      const opened = /^\s*(data|stringData):\s*$/.exec(line)?.[1];
      block = opened === 'data' || opened === 'stringData' ? opened : undefined;
      if (own < indent) break;
    } else if (block !== undefined) {
      const find = entryIn(line, at, block);
      if (find !== undefined) finds.push(find);
    }
    if (stop === -1) break;
    at = stop + 1;
  }
  return finds;
}

function entryIn(line: string, at: number, block: 'data' | 'stringData'): Find | undefined {
  const match = ENTRY.exec(line);
  const value = match?.[3] ?? (block === 'stringData' ? match?.[4]?.trim() : undefined);
  if (match === null || value === undefined || isReference(value)) return undefined;
  const decoded = block === 'data' ? decodeBase64(value) : value;
  if (decoded === undefined || decoded.trim().length < 4) return undefined;
  if (isReference(decoded.trim()) || lookOf(decoded) === 'made-up') return undefined;
  const start = at + line.indexOf(value, match[1]!.length + match[2]!.length);
  const isNamed = /pass|secret|token|key|cred|auth|pwd|cert|dsn|url|connection|config/i.test(match[2]!);
  return {
    start,
    end: start + value.length,
    tier: isNamed ? 'likely' : 'possible',
    reasons: [`a value of a Kubernetes Secret${block === 'data' ? ', base64 being no protection' : ''}`],
    secret: decoded,
  };
}

export const kubernetesRules: readonly DisclosureRule[] = [
  {
    id: 'kubernetes-secret',
    title: 'value of a Kubernetes Secret',
    kind: 'credential',
    provider: 'Kubernetes',
    keywords: ['kind: secret', 'kind: "secret"', "kind: 'secret'"],
    gate: (bytes, _start, end, _from, to) =>
      end >= to || bytes[end] === 0x0a || bytes[end] === 0x0d || bytes[end] === 0x20,
    scope: 'text',
    find: findSecrets,
    advice:
      'Change what the values open, apply the new Secret, and keep manifests with values out of the repository.',
    revokePage: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  },
];
