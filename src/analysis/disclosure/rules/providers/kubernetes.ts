import type { DisclosureRule, Find, Gate, Window } from '../../../../model/disclosure.ts';
import { isTriedFirst, WEAK } from '../../generic/weak.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { lookOf } from '../form/placeholders.ts';
import { isReference } from '../form/references.ts';

/** A value under `data:` or `stringData:`: `password: cGFzcw==`. */
const ENTRY =
  /^(\s+)["']?([\w.-]{1,200})["']?:\s*(?:["']?([0-9A-Za-z+/]{8,}={0,2})["']?|["']?([^\s"'#][^"'#]*)["']?)\s*(?:#.*)?$/;

/** `password: |`, `dsn: >-`: the value stands on the lines below, deeper. */
const BLOCK = /^(\s+)["']?([\w.-]{1,200})["']?:\s*[|>][+-]?\d?\s*$/;
/** Longer lines belong to no manifest that a person wrote. */
const MOST_LINE = 20_000;

/** One line of a manifest, where it starts in the text. */
interface Line {
  readonly text: string;
  readonly at: number;
  readonly indent: number;
}

/** Lines from `from` on, up to the end of the document. */
function* linesFrom(text: string, from: number): Generator<Line, void, undefined> {
  for (let at = from; at > 0 && at < text.length;) {
    const stop = text.indexOf('\n', at);
    const line = text.slice(at, stop === -1 ? text.length : stop).replace(/\r$/, '');
    if (line.startsWith('---') || line.length > MOST_LINE) return;
    if (line.trim() !== '') yield { text: line, at, indent: line.length - line.trimStart().length };
    if (stop === -1) return;
    at = stop + 1;
  }
}

/** Values of a `kind: Secret` manifest, behind that line and up to the end of its document. Base64 is no protection. */
function findBehind({ text, start, end }: Window): readonly Find[] {
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const indent = /^\s*/.exec(text.slice(lineStart, start))![0].replace('-', ' ').length;
  const inside: Line[] = [];
  for (const line of linesFrom(text, text.indexOf('\n', end) + 1)) {
    inside.push(line);
    if (line.indent < indent) break;
  }
  return findIn(inside, indent);
}

/** The same before that line: `data:` stands first where names are sorted. */
function findBefore({ text, start, end }: Window): readonly Find[] {
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const indent = /^\s*/.exec(text.slice(lineStart, end))![0].length;
  const lines: Line[] = [{ text: text.slice(lineStart, end).trimEnd(), at: lineStart, indent }];
  for (const line of linesFrom(text, end)) {
    if (line.indent <= indent && KIND.test(line.text)) return findIn(lines, indent);
    if (line.indent < indent || line.text.trimStart().startsWith('- ')) return [];
    lines.push(line);
  }
  return [];
}

const KIND = /^\s*kind:\s{1,4}["']?Secret["']?\s*$/;

function findIn(lines: readonly Line[], indent: number): readonly Find[] {
  const finds: Find[] = [];
  let block: 'data' | 'stringData' | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.indent <= indent) {
      const opened = /^\s*(data|stringData):\s*$/.exec(line.text)?.[1];
      block = opened === 'data' || opened === 'stringData' ? opened : undefined;
      continue;
    }
    if (block === undefined) continue;
    const scalar = BLOCK.exec(line.text);
    if (scalar === null) {
      const find = entryIn(line, block);
      if (find !== undefined) finds.push(find);
      continue;
    }
    const from = i + 1;
    while (i + 1 < lines.length && lines[i + 1]!.indent > line.indent) i++;
    const find = blockIn(lines.slice(from, i + 1), scalar[2]!, block);
    if (find !== undefined) finds.push(find);
  }
  return finds;
}

function entryIn({ text, at }: Line, block: 'data' | 'stringData'): Find | undefined {
  const match = ENTRY.exec(text);
  const value = match?.[3] ?? (block === 'stringData' ? match?.[4]?.trim() : undefined);
  if (match === null || value === undefined) return undefined;
  const start = at + text.indexOf(value, match[1]!.length + match[2]!.length);
  return judge(match[2]!, value, block, start, start + value.length);
}

/** Base64 in any number of lines; of text only one, for more are a file, whose lines others judge. */
function blockIn(lines: readonly Line[], name: string, block: 'data' | 'stringData'): Find | undefined {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined || (block === 'stringData' && lines.length > 1))
    return undefined;
  const value = lines.map(({ text }) => text.trim()).join('');
  return judge(name, value, block, first.at + first.indent, last.at + last.text.length);
}

function judge(
  name: string,
  value: string,
  block: 'data' | 'stringData',
  start: number,
  end: number,
): Find | undefined {
  if (isReference(value)) return undefined;
  const decoded = block === 'data' ? decodeBase64(value) : value;
  if (decoded === undefined || decoded.trim().length < 4) return undefined;
  if (isReference(decoded.trim()) || lookOf(decoded) === 'made-up' || IS_PUBLIC.test(decoded))
    return undefined;
  const isNamed = /pass|secret|token|key|cred|auth|pwd|cert|dsn|url|connection|config/i.test(name);
  const reason = `a value of a Kubernetes Secret${block === 'data' ? ', base64 being no protection' : ''}`;
  const plain = decoded.replaceAll('\0', '').trim();
  // `callback_url`: an address without a user or a key in it.
  if (/^https?:\/\/[^@\s?]{1,200}$/.test(plain)) return undefined;
  const isWord = /^[a-z]{1,12}$/.test(plain) || isTriedFirst(plain);
  return {
    start,
    end,
    tier: isNamed && !isWord ? 'likely' : 'possible',
    reasons: isWord ? [reason, WEAK] : [reason],
    secret: decoded,
  };
}

/** Certificates, keys of which nothing but their frame is there, and the password of Kubernetes' documentation. */
const IS_PUBLIC =
  /^(?:\s*-----BEGIN (?:TRUSTED )?CERTIFICATE-----(?![^]*PRIVATE KEY)|\s*-----BEGIN [A-Z ]{1,40}-----\s*-----END|1f2d1e2e67df\s*$)/;

/** `data:` begins its line, and `kind: Secret` stands in the document behind it. */
const isBeforeKind: Gate = (bytes, start, end, from, to) => {
  let first = start;
  while (first > from && bytes[first - 1] === 0x20) first--;
  if (first > from && bytes[first - 1] !== 0x0a) return false;
  const most = Math.min(to, end + 16_384);
  // A document has one `data:` and one `stringData:`; a file of nothing else is not read again from each of them on.
  let others = 0;
  for (let at = bytes.indexOf(0x0a, end - 1); at !== -1 && at < most; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x2d && bytes[at + 2] === 0x2d) return false;
    const line = at + 1 + (start - first);
    if (line + 12 >= to) return false;
    if (isAt(bytes, line, 'kind: ') && isAt(bytes, line + 6, 'Secret')) return true;
    if ((isAt(bytes, line, 'data:') || isAt(bytes, line, 'stringData:')) && ++others > 1) return false;
  }
  return false;
};

function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

const KEYWORDS = ['kind: secret', 'kind: "secret"', "kind: 'secret'"];
const BLOCKS = ['data:\n', 'data:\r\n', 'stringdata:\n', 'stringdata:\r\n'];
const endsLine: Gate = (bytes, _start, end, _from, to) =>
  end >= to || bytes[end] === 0x0a || bytes[end] === 0x0d || bytes[end] === 0x20;

export const kubernetesRules: readonly DisclosureRule[] = [
  {
    id: 'kubernetes-secret',
    title: 'value of a Kubernetes Secret',
    kind: 'credential',
    provider: 'Kubernetes',
    keywords: [...KEYWORDS, ...BLOCKS],
    gate: (bytes, start, end, from, to) =>
      (bytes[end - 1] === 0x0a ? isBeforeKind : endsLine)(bytes, start, end, from, to),
    scope: 'text',
    find: (window) => (BLOCKS.includes(window.keyword) ? findBefore(window) : findBehind(window)),
    advice:
      'Change what the values open, apply the new Secret, and keep manifests with values out of the repository.',
    revokePage: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  },
];
