import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { readTomlValue, scanToml } from '../../text/toml-scan.ts';

/** One `[[package]]`. */
export interface LockedCrate {
  name: string;
  version: string;
  /** `registry+URL`, `sparse+URL`, `git+URL#commit`; `''` for what lies in the tree. */
  source: string;
  checksum: string;
  /** `name`, `name version` or `name version (source)`: as short as is unambiguous. */
  dependencies: readonly string[];
  readonly line: number;
}

/** Cargo.lock, any version. https://doc.rust-lang.org/cargo/reference/resolver.html, cargo's `resolver/encode.rs` for the layout. */
export function parseCargoLock(
  text: string,
  path: string,
): { readonly crates: readonly LockedCrate[]; readonly problems: readonly Problem[] } {
  const crates: LockedCrate[] = [];
  const problems: Problem[] = [];
  const lose = (code: string, message: string, line?: number): void => {
    problems.push({ code, message, at: line === undefined ? { path } : { path, line }, lost: true });
  };
  const marker = findMergeMarker(text);
  if (marker !== undefined) {
    problems.push(mergeConflict(path, marker));
    return { crates, problems };
  }
  // Version 1 keeps the checksums in one table at the end.
  const checksums = new Map<string, string>();
  let current: LockedCrate | undefined;
  let inMetadata = false;
  let version = 1;
  const string = (start: number, end: number): string => {
    const value = readTomlValue(text, start, end);
    return typeof value === 'string' ? value : '';
  };
  const faults = scanToml(text, {
    table(header, isArray, line) {
      const name = header.join('.');
      // `[root]` is the project in lockfiles from before 2017.
      const isCrate = (name === 'package' && isArray) || name === 'root';
      current = isCrate
        ? { name: '', version: '', source: '', checksum: '', dependencies: [], line: line + 1 }
        : undefined;
      if (current !== undefined) crates.push(current);
      inMetadata = name === 'metadata';
    },
    entry(key, start, end, line) {
      const field = key[0]!;
      if (inMetadata) {
        if (field.startsWith('checksum ')) checksums.set(field.slice('checksum '.length), string(start, end));
      } else if (current === undefined) {
        if (field === 'version') version = Number(readTomlValue(text, start, end));
      } else if (field === 'name') {
        current.name = string(start, end);
        if (line !== current.line) Object.assign(current, { line });
      } else if (field === 'version') current.version = string(start, end);
      else if (field === 'source') current.source = string(start, end);
      else if (field === 'checksum') current.checksum = string(start, end);
      else if (field === 'dependencies') {
        const list = readTomlValue(text, start, end);
        if (Array.isArray(list)) current.dependencies = list.filter((item) => typeof item === 'string');
      }
    },
  });
  const fault = faults[0];
  const isCut = faults.at(-1)?.open ?? false;
  if (fault !== undefined)
    lose(
      isCut ? 'file/truncated' : 'file/not-toml',
      isCut ? 'the file ends inside a value' : 'a line that is not TOML',
      fault.line,
    );
  if (version !== 1 && version !== 2 && version !== 3 && version !== 4)
    lose('cargo/unknown-version', `expected lockfile version 1 to 4, found ${version}`, undefined);
  const whole = crates.filter(({ name, version: at }) => name !== '' && at !== '');
  if (whole.length < crates.length)
    lose(
      'cargo/malformed-package',
      `${crates.length - whole.length} package${crates.length - whole.length === 1 ? '' : 's'} without name or version`,
      crates.find(({ name, version: at }) => name === '' || at === '')!.line,
    );
  if (
    crates.length === 0 &&
    problems.length === 0 &&
    !/^\s*(version\s*=\s*\d|# This file is automatically)/.test(text)
  )
    lose(
      text.trim() === '' ? 'file/empty' : 'file/unexpected-shape',
      'found no [[package]]; expected a Cargo.lock',
    );
  for (const crate of whole)
    if (crate.checksum === '')
      crate.checksum = checksums.get(`${crate.name} ${crate.version} (${crate.source})`) ?? '';
  return { crates: whole, problems };
}
