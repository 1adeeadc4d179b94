import type { Instant, Severity } from '../../model/advisory.ts';
import { arrayAt, objectAt, stringAt, type JsonObject } from '../text/json.ts';
import { severityOf } from './cvss/severity.ts';
import { readInstant } from './instants.ts';
import type { RecordDetail } from './record.ts';

/** Reads what a report shows of an OSV record. Text is made safe to print: one line, no control characters. */
export function readDetail(osv: JsonObject, id: string, modified: Instant): RecordDetail {
  const specific: JsonObject[] = [];
  const severities: JsonObject[] = [];
  gatherParts(osv, specific, severities);
  for (const part of arrayAt(osv, 'affected')) if (isObject(part)) gatherParts(part, specific, severities);
  const aliases = readAliases(osv, id);
  const cwes = readCwes(specific);
  const published = readInstant(stringAt(osv, 'published') ?? '')?.instant;
  const withdrawn = readWithdrawn(osv, modified);
  const stated = readStated(specific, severities);
  // The order of properties is part of the index: the same record gives the same bytes.
  const detail: { -readonly [K in keyof RecordDetail]?: RecordDetail[K] } = {
    id,
    aliases,
    summary: readSummary(osv),
    modified,
  };
  if (published !== undefined) detail.published = published;
  if (withdrawn !== undefined) detail.withdrawn = withdrawn;
  detail.vectors = readVectors(severities);
  if (stated !== undefined) detail.stated = stated;
  detail.cwes = cwes;
  detail.references = readReferences(osv);
  detail.malicious = isMalicious(id, aliases, cwes, specific);
  return detail as RecordDetail;
}

function gatherParts(part: JsonObject, specific: JsonObject[], severities: JsonObject[]): void {
  const database = objectAt(part, 'database_specific');
  if (database !== undefined) specific.push(database);
  const ecosystem = objectAt(part, 'ecosystem_specific');
  if (ecosystem !== undefined) specific.push(ecosystem);
  for (const severity of arrayAt(part, 'severity')) if (isObject(severity)) severities.push(severity);
}

function readAliases(osv: JsonObject, id: string): string[] {
  const aliases: string[] = [];
  for (const stated of arrayAt(osv, 'aliases')) {
    const alias = isString(stated) ? oneLine(stated) : '';
    if (alias !== '' && alias !== id) aliases.push(alias);
  }
  return unique(aliases);
}

function isMalicious(
  id: string,
  aliases: readonly string[],
  cwes: readonly string[],
  specific: readonly JsonObject[],
): boolean {
  return (
    id.startsWith('MAL-') ||
    aliases.some((alias) => alias.startsWith('MAL-')) ||
    // Embedded malicious code: how GitHub and others mark records of malware.
    cwes.includes('CWE-506') ||
    specific.some((part) => Object.hasOwn(part, 'malicious-packages-origins'))
  );
}

/** Some records state an empty or unreadable time of withdrawal: withdrawn all the same unless it is empty. */
function readWithdrawn(osv: JsonObject, modified: Instant): Instant | undefined {
  const text = stringAt(osv, 'withdrawn');
  if (text === undefined || text.trim() === '') return undefined;
  return readInstant(text)?.instant ?? modified;
}

function readSummary(osv: JsonObject): string {
  const summary = oneLine(stringAt(osv, 'summary') ?? '');
  if (summary !== '') return summary;
  // PyPI and Go records often have only details; their first line says it.
  const details = (stringAt(osv, 'details') ?? '').slice(0, 2000);
  for (const line of details.split('\n')) {
    const plain = oneLine(line.replace(/^[#>*\-_=\s]+/, ''));
    if (/[A-Za-z]{3}/.test(plain)) return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain;
  }
  return '';
}

function readVectors(severities: readonly JsonObject[]): [string, string][] {
  const vectors: [string, string][] = [];
  for (const severity of severities) {
    const type = oneLine(stringAt(severity, 'type') ?? '');
    const vector = oneLine(stringAt(severity, 'score') ?? '');
    // Empty scores exist; words (`Ubuntu`: `medium`) and bare numbers are not vectors and count as stated.
    if (vector.includes('/')) vectors.push([type, vector]);
  }
  return byKey(vectors, ([type, vector]) => `${type} ${vector}`);
}

function readStated(
  specific: readonly JsonObject[],
  severities: readonly JsonObject[],
): Severity | undefined {
  for (const part of specific) {
    const word = severityWord(part['severity']);
    if (word !== undefined) return word;
  }
  for (const part of specific)
    for (const key of ['cvss_v4_score', 'cvss_v3_score', 'cvss_score', 'cvss_v2_score']) {
      const score = part[key];
      if (typeof score === 'number' && score >= 0 && score <= 10) return severityOf(score);
    }
  for (const severity of severities) {
    const score = stringAt(severity, 'score') ?? '';
    const word = severityWord(score);
    if (word !== undefined) return word;
    if (/^\d{1,2}(\.\d+)?$/.test(score) && Number(score) <= 10) return severityOf(Number(score));
  }
  return undefined;
}

function severityWord(value: unknown): Severity | undefined {
  if (typeof value !== 'string') return undefined;
  return WORDS.get(value.trim().toLowerCase());
}

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['negligible', 'low'],
  ['none', 'none'],
]);

function readCwes(specific: readonly JsonObject[]): string[] {
  const found: string[] = [];
  const take = (cwe: unknown): void => {
    if (isString(cwe) && /^CWE-\d{1,6}$/.test(cwe)) found.push(cwe);
  };
  for (const part of specific) {
    for (const cwe of arrayAt(part, 'cwe_ids')) take(cwe);
    for (const cwe of arrayAt(part, 'cwes')) take(isObject(cwe) ? stringAt(cwe, 'cweId') : cwe);
  }
  return found.length < 2 ? found : unique(found).sort();
}

function readReferences(osv: JsonObject): [string, string][] {
  const references: [string, string][] = [];
  for (const item of arrayAt(osv, 'references')) {
    if (!isObject(item)) continue;
    const url = stringAt(item, 'url')?.trim() ?? '';
    // Anything else (javascript:, data:) has no business in a report that a browser shows.
    if (/^https?:\/\/[\x21-\x7e]+$/i.test(url))
      references.push([oneLine(stringAt(item, 'type') ?? 'WEB'), url]);
  }
  return byKey(references, ([, url]) => url);
}

/** Each key once, where it came first, as it was given last. */
function byKey<T>(items: T[], keyOf: (item: T) => string): T[] {
  return items.length < 2 ? items : [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** One line without control characters (terminals obey them) or bidirectional overrides (which reorder what people read). */
export function oneLine(text: string): string {
  if (isPlain(text)) return text.trim();
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** Printable ASCII, as nearly all text is: a loop costs a tenth of the replacements. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126) return false;
  }
  return true;
}

const unique = (items: string[]): string[] => (items.length < 2 ? items : [...new Set(items)]);
const isString = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
