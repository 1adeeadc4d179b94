import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../src/analysis/text/testing/random.ts';
import { flaw, FULL_SCALE } from './advisories-synthetic.ts';

/** A component of the synthetic lockfile. */
export interface Locked {
  readonly name: string;
  readonly version: string;
}

/**
 * Writes a package.json and a package-lock.json (version 3) of `count` components into `folder`, the same on every machine:
 * one name in ten is in the synthetic index, one component in fifteen is direct, each other hangs from an earlier one.
 */
export function writeLockfile(folder: string, count: number): Locked[] {
  const random = seededRandom(FULL_SCALE.seed);
  const known = Array.from({ length: Math.ceil(count / 10) }, (_, i) => firstName(flaw(random, i)));
  const names = new Set<string>();
  for (let i = 0; names.size < count; i++)
    names.add(i % 10 === 0 && i / 10 < known.length ? known[i / 10]! : `component-${i}`);
  const locked = [...names].map((name) => ({ name, version: `${random(6)}.${random(20)}.${random(20)}` }));
  const dependencies = locked.map((): Record<string, string> => ({}));
  const direct: Record<string, string> = {};
  locked.forEach(({ name, version }, i) => {
    if (i % 15 === 0) direct[name] = `^${version}`;
    else dependencies[random(i)]![name] = `^${version}`;
    if (i > 2) {
      const also = locked[1 + random(i - 1)]!;
      if (also.name !== name) dependencies[random(i)]![also.name] ??= `^${also.version}`;
    }
  });
  const root = { name: 'synthetic', version: '1.0.0', dependencies: direct };
  const packages: Record<string, object> = { '': root };
  const order = locked.map((one, i) => ({ ...one, i })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, version, i } of order)
    packages[`node_modules/${name}`] = {
      version,
      resolved: `https://registry.example.invalid/${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`,
      integrity: `sha512-${Array.from({ length: 86 }, () => BASE64[random(64)]).join('')}==`,
      ...(i % 3 === 0 ? { dev: true } : {}),
      license: 'MIT',
      ...(Object.keys(dependencies[i]!).length === 0 ? {} : { dependencies: dependencies[i] }),
      engines: { node: '>=18' },
    };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root, null, 2));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify(
      { name: 'synthetic', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
      null,
      2,
    ),
  );
  return locked;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const firstName = (record: object): string =>
  (record as { affected: { package: { name: string } }[] }).affected[0]!.package.name;
