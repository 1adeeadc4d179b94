import type { SourceItem } from '../../model/advisory-files.ts';
import type { Codec } from '../../model/bytes.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Problem } from '../../model/problem.ts';
import {
  isKev,
  readExploitCsv,
  readKev,
  type ExploitFacts,
} from '../../analysis/advisories/exploited/facts.ts';
import { readOsv } from '../../analysis/advisories/osv.ts';
import { createRecordSet, type RecordSet } from '../../analysis/advisories/record-set.ts';

/** What was read from sources, and what could not be used: counted by why, with examples, never silent. */
export interface AdvisoryInput {
  readonly records: RecordSet;
  /** Files that were OSV records, repeats included. */
  readonly read: number;
  readonly kev: (ExploitFacts & { readonly from: string }) | undefined;
  readonly epss: (ExploitFacts & { readonly from: string }) | undefined;
  /** Records about ecosystems that we have no rules for, by ecosystem. */
  readonly unknownEcosystems: ReadonlyMap<string, number>;
  /** Entries that name only commits: nothing to match by version. */
  readonly gitOnly: number;
  /** Entries without any version or range. */
  readonly unversioned: number;
  /** JSON and CSV files that hold no advisories. */
  readonly foreign: { readonly count: number; readonly examples: readonly string[] };
  readonly problems: readonly Problem[];
}

export interface InputReader {
  take(item: SourceItem, from: string): void;
  /** Records read so far, by ecosystem. */
  ecosystems(): Readonly<Partial<Record<EcosystemId, number>>>;
  result(): AdvisoryInput;
}

const MAX_EXPLOIT_BYTES = 512 * 1024 * 1024;

/** Sorts out what sources give: records, KEV, EPSS, by content and not by name. Of two KEV or EPSS files the newer counts. */
export function inputReader(codec: Codec): InputReader {
  const records = createRecordSet();
  const facts: { kev?: ExploitFacts & { from: string }; epss?: ExploitFacts & { from: string } } = {};
  const unknownEcosystems = new Map<string, number>();
  const problems: Problem[] = [];
  const examples: string[] = [];
  const counts: Partial<Record<EcosystemId, number>> = {};
  let read = 0;
  let gitOnly = 0;
  let unversioned = 0;
  let foreign = 0;

  const notOurs = (name: string): void => {
    foreign++;
    if (examples.length < 3) examples.push(name);
  };
  const keep = (found: ExploitFacts, name: string, from: string): void => {
    if (found.values.size === 0)
      problems.push({
        code: 'source/no-rows',
        message: `${name} is a ${found.kind.toUpperCase()} table without a readable row`,
        lost: true,
      });
    else if ((facts[found.kind]?.date ?? '') <= found.date) facts[found.kind] = { ...found, from };
  };
  const takeJson = (value: unknown, name: string, from: string): void => {
    if (isKev(value)) return keep(readKev(value), name, from);
    const reading = readOsv(value);
    if (reading.record === undefined) return notOurs(name);
    read++;
    gitOnly += reading.loss.gitOnly;
    unversioned += reading.loss.unversioned;
    for (const ecosystem of reading.loss.ecosystems)
      unknownEcosystems.set(ecosystem, (unknownEcosystems.get(ecosystem) ?? 0) + 1);
    for (const ecosystem of reading.record.ecosystems) counts[ecosystem] = (counts[ecosystem] ?? 0) + 1;
    // A record that is withdrawn and names nothing may withdraw an installed one.
    if (reading.record.ecosystems.length > 0 || reading.record.detail.withdrawn !== undefined)
      records.add(reading.record);
  };

  return {
    take(item, from) {
      if ('problem' in item) {
        problems.push(item.problem);
        return;
      }
      const unpacked = unpack(item.name, item.bytes, codec);
      if ('problem' in unpacked) {
        problems.push(unpacked.problem);
        return;
      }
      const text = decoder.decode(unpacked.bytes);
      if (!looksLikeJson(text)) {
        const found = readExploitCsv(text, item.name);
        if (found === undefined) notOurs(item.name);
        else keep(found, item.name, from);
        return;
      }
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        problems.push({
          code: 'file/not-json',
          message: `${item.name} is not valid JSON`,
          at: { path: item.name },
          lost: true,
        });
        return;
      }
      if (Array.isArray(value)) for (const one of value) takeJson(one, item.name, from);
      else takeJson(value, item.name, from);
    },
    ecosystems: () => ({ ...counts }),
    result: () => ({
      records,
      read,
      kev: facts.kev,
      epss: facts.epss,
      unknownEcosystems,
      gitOnly,
      unversioned,
      foreign: { count: foreign, examples },
      problems,
    }),
  };
}

function unpack(name: string, bytes: Uint8Array, codec: Codec): SourceItem {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { name, bytes };
  try {
    return { name, bytes: codec.gunzip(bytes, MAX_EXPLOIT_BYTES) };
  } catch {
    const message = `${name} does not unpack: truncated, or not gzip`;
    return { name, problem: { code: 'file/truncated', message, at: { path: name }, lost: true } };
  }
}

function looksLikeJson(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || (code >= 9 && code <= 13)) continue;
    return code === 123 || code === 91;
  }
  return false;
}

const decoder = new TextDecoder();
