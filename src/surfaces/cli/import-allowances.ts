import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Fingerprint } from '../../analysis/disclosure/findings/draft.ts';
import { readAllowances } from '../../documents/disclosure/allowances.ts';
import type { Disclosure, DisclosureSpot } from '../../model/disclosure-report.ts';
import { AssayError } from '../../model/problem.ts';
import type { Problem } from '../../model/problem.ts';

/** What files of other tools let pass. */
export interface ImportedAllowances {
  /** The same fingerprints; it remembers which are of secrets that may pass. To be used in the scan. */
  readonly fingerprint: Fingerprint;
  /** Why a finding may pass. A place lets it pass only when it is nowhere else. */
  readonly reasonOf: (one: Disclosure) => string | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the files; `undefined` when there are none. AssayError `secrets/import` for one that is not there. */
export function importAllowances(
  files: readonly string[],
  cwd: string,
  fingerprint: Fingerprint,
): ImportedAllowances | undefined {
  if (files.length === 0) return undefined;
  const read = files.map((file) => ({ file, ...readAllowances(textOf(resolve(cwd, file)), file) }));
  const known = new Map<string, string>();
  const digest = (algorithm: string, secret: string): string =>
    createHash(algorithm).update(secret, 'latin1').digest('hex');
  const reasonOfSecret = (secret: string): string | undefined => {
    const utf8 = Buffer.from(secret, 'latin1').toString('utf8');
    const [sha1, sha256] = [digest('sha1', secret), digest('sha256', secret)];
    const one = read.find(
      ({ secrets, hashes }) => secrets.has(utf8) || hashes.has(sha1) || hashes.has(sha256),
    );
    return one && `${one.file} lets this secret pass`;
  };
  const isAt = ({ places, ignores }: (typeof read)[number], spot: DisclosureSpot, one: Disclosure): boolean =>
    (spot.path !== undefined && spot.source !== 'ref-name' && ignores(spot.path)) ||
    places.some(
      ({ path, line, commit }) =>
        path === spot.path &&
        line === spot.line &&
        (commit === undefined || commit === (spot.commit ?? one.history?.first?.commit)),
    );
  return {
    problems: read.flatMap(({ problems }) => problems),
    fingerprint: (rule, secret) => {
      const name = fingerprint(rule, secret);
      const reason = reasonOfSecret(secret);
      if (reason !== undefined) known.set(name, reason);
      return name;
    },
    reasonOf: (one) => {
      const reason = known.get(one.fingerprint);
      // Of places that are not named nobody knows whether they are let pass.
      if (reason !== undefined || one.spots.length === 0 || one.moreSpots === true) return reason;
      const file = read.find((all) => one.spots.every((spot) => isAt(all, spot, one)));
      return file && `${file.file} lets its places pass`;
    },
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AssayError('secrets/import', `${file} cannot be read`, { cause: error });
  }
}
