import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export const bin: string = join(import.meta.dirname, '../../bin/assay.js');

/** A folder of its own for one test file: repositories, a database, a cache. */
export class World implements Disposable {
  readonly root: string = mkdtempSync(join(tmpdir(), 'assay-e2e-'));

  /** Writes files below `name` and gives the folder. */
  folder(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.root, name);
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      const full = join(folder, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
    return folder;
  }

  /** The built CLI as a process, offline, with a cache of its own. */
  assay(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd: string = this.root): Run {
    const result = spawnSync(process.execPath, [bin, ...args], {
      cwd,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.root,
        XDG_CACHE_HOME: join(this.root, 'cache'),
        SOURCE_DATE_EPOCH: '1790000000',
        ...env,
      },
    });
    return { code: result.status, out: result.stdout, err: result.stderr };
  }

  /** Makes an advisory database of OSV records by path (`npm/GHSA-….json`) and gives its folder. Throws when that fails. */
  database(records: Readonly<Record<string, string>>): string {
    const db = join(this.root, 'db');
    const built = this.assay(['db', 'update', '--from', this.folder('records', records), '--db', db]);
    if (built.code !== 0) throw new Error(built.err);
    return db;
  }

  git(folder: string, ...args: readonly string[]): string {
    return execFileSync(
      'git',
      [
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.invalid',
        '-c',
        'init.defaultBranch=main',
        ...args,
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', HOME: this.root, GIT_CONFIG_NOSYSTEM: '1' },
      },
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export const hasGit: boolean = spawnSync('git', ['--version']).status === 0;
export const isBuilt: boolean = existsSync(join(import.meta.dirname, '../../dist/start.cjs'));

/** One OSV record. */
export function osv(
  id: string,
  ecosystem: string,
  name: string,
  fixed: string | undefined,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    schema_version: '1.6.0',
    id,
    modified: '2026-09-01T00:00:00Z',
    published: '2026-08-01T00:00:00Z',
    summary: `${name} does what it should not`,
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    affected: [
      {
        package: { ecosystem, name },
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])] },
        ],
      },
    ],
    ...more,
  });
}

/** An entry of a package-lock: version 1.0.0 of a name that asks for others, with what else it says. */
export const lockEntry = (
  name: string,
  dependencies: Readonly<Record<string, string>> = {},
  more: object = {},
): object => ({
  version: '1.0.0',
  resolved: `https://registry.example.invalid/${name}/-/${name}-1.0.0.tgz`,
  integrity: INTEGRITY,
  license: 'MIT',
  dependencies,
  ...more,
});

const INTEGRITY =
  'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';

/** A project with a package-lock of version 3: what its package.json says beside the name, and entries by where they lie. */
export function lockedProject(
  declared: object,
  entries: Readonly<Record<string, object>>,
): Readonly<Record<string, string>> {
  const manifest = { name: 'app', version: '1.0.0', ...declared };
  return {
    'package.json': JSON.stringify(manifest),
    'package-lock.json': JSON.stringify({
      name: 'app',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': manifest, ...entries },
    }),
  };
}

/** A package-lock of version 3 for a project with direct dependencies `name: version`, and dev ones. */
export function packageLock(
  prod: Readonly<Record<string, string>>,
  dev: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const range = (versions: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, `^${version}`]));
  const manifest = { name: 'app', version: '1.0.0', dependencies: range(prod), devDependencies: range(dev) };
  const entries = [
    ...Object.entries(prod).map(([name, version]) => [name, version, false] as const),
    ...Object.entries(dev).map(([name, version]) => [name, version, true] as const),
  ];
  return {
    'package.json': JSON.stringify(manifest, null, 2),
    'package-lock.json': JSON.stringify(
      {
        name: 'app',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': manifest,
          ...Object.fromEntries(
            entries.map(([name, version, isDev]) => [
              `node_modules/${name}`,
              {
                version,
                resolved: `https://registry.example.invalid/${name}/-/${name}-${version}.tgz`,
                integrity: INTEGRITY,
                license: 'MIT',
                ...(isDev ? { dev: true } : {}),
              },
            ]),
          ),
        },
      },
      null,
      2,
    ),
  };
}
