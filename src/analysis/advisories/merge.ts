import { ECOSYSTEMS, type EcosystemId } from '../../model/ecosystem.ts';
import type { IndexedRecord } from './index-format/decode.ts';
import { bitOf, WITHDRAWN } from './index-format/layout.ts';
import { compareBytes, type PackedRecord, type RecordSet } from './record-set.ts';

/**
 * What an update changes in one ecosystem, by record id in order. A record that another document replaced without
 * naming the ecosystem any more is there without rows and marked withdrawn, so that it shadows what is installed.
 */
export type Changes = ReadonlyMap<EcosystemId, readonly PackedRecord[]>;

/**
 * Compares new documents with what is installed. Documents of one id merge so: the newest `modified` wins; but documents that
 * name different ecosystems and no common one are halves of a record (as when RubySec and GitHub publish one GHSA id each for
 * their own), and both stay. Independent of the order in which documents were added.
 */
export function planChanges(
  incoming: RecordSet,
  installed: ReadonlyMap<EcosystemId, ReadonlyMap<string, IndexedRecord>>,
): Changes {
  const sets = ECOSYSTEMS.map((ecosystem) => ({
    ecosystem,
    bit: bitOf(ecosystem),
    records: installed.get(ecosystem),
    changes: [] as PackedRecord[],
  }));
  for (const id of [...incoming.ids()].sort()) {
    const documents = incoming.documents(id);
    let named = 0;
    for (const document of documents) named |= document.ecosystems;
    for (const { ecosystem, bit, records, changes } of sets) {
      const before = records?.get(id);
      if (before === undefined && !(named & bit)) continue;
      const change =
        before === undefined && documents.length === 1
          ? documents[0]
          : changeOf(ecosystem, documents, before);
      if (change !== undefined) changes.push(change);
    }
  }
  return new Map(
    sets.filter(({ changes }) => changes.length > 0).map(({ ecosystem, changes }) => [ecosystem, changes]),
  );
}

function changeOf(
  ecosystem: EcosystemId,
  documents: readonly PackedRecord[],
  before: IndexedRecord | undefined,
): PackedRecord | undefined {
  const ordered = documents.length > 1 ? documents.toSorted(newestFirst) : documents;
  const bit = bitOf(ecosystem);
  let seen = 0;
  let latest: PackedRecord | undefined;
  for (const document of ordered) {
    // What is installed stands where it comes in the order; at equal time it is taken to be the same.
    if (before !== undefined && before.modifiedMs >= document.modifiedMs) break;
    const names = namedBy(document);
    if (names & bit) return seen & names ? gone(latest, before) : document;
    if (before !== undefined && names & namedBy(before)) return gone(document, before);
    seen |= names;
    latest = document;
  }
  return undefined;
}

/** A document without the ecosystem took the record's place. */
function gone(by: PackedRecord | undefined, before: IndexedRecord | undefined): PackedRecord | undefined {
  if (by === undefined || before === undefined || before.flags & WITHDRAWN) return undefined;
  return {
    id: by.id,
    modifiedMs: by.modifiedMs,
    ecosystems: by.ecosystems,
    flags: by.flags | WITHDRAWN,
    detail: () => by.detail(),
    rows: () => {},
  };
}

/** A withdrawn document that names nothing withdraws the record everywhere. */
const namedBy = ({ ecosystems, flags }: { ecosystems: number; flags: number }): number =>
  ecosystems === 0 && flags & WITHDRAWN ? ~0 : ecosystems;

function newestFirst(a: PackedRecord, b: PackedRecord): number {
  return b.modifiedMs - a.modifiedMs || b.ecosystems - a.ecosystems || compareBytes(b.detail(), a.detail());
}
