import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import semver from 'semver';

/** An ecosystem's own tool, asked for many answers at once: one line each, `!` where it refuses the question. */
export interface Reference {
  readonly name: string;
  readonly scheme: string;
  /** Whether it answers questions about ranges too. */
  readonly ranges: boolean;
  /** Most questions of one kind that are sensible, where it is slow. */
  readonly most?: number;
  /** `undefined` when it is not on this machine and cannot be had. */
  start(): ((lines: readonly string[]) => readonly string[]) | undefined;
}

const folder = join(import.meta.dirname, 'references');

export const references: readonly Reference[] = [
  { name: 'semver (npm)', scheme: 'npm', ranges: true, start: () => (lines) => lines.map(askSemver) },
  { name: 'semver (crate)', scheme: 'cargo', ranges: true, start: startCargo },
  { name: 'golang.org/x/mod/semver', scheme: 'go', ranges: false, start: startGo },
  {
    name: 'packaging (Python)',
    scheme: 'pypi',
    ranges: true,
    start: () => startScript('python3', ['pypi.py'], ['-c', 'import packaging']),
  },
  { name: 'maven-artifact', scheme: 'maven', ranges: true, start: startMaven },
  {
    name: 'RubyGems',
    scheme: 'gem',
    ranges: true,
    start: () => startScript('ruby', ['rubygems.rb'], ['--version']),
  },
  {
    name: 'composer/semver',
    scheme: 'composer',
    ranges: true,
    start: () =>
      startScript(
        'php',
        ['composer.php'],
        ['-r', 'exit((int) !stream_resolve_include_path("Composer/Semver/autoload.php"));'],
      ),
  },
  {
    name: 'Elixir Version',
    scheme: 'hex',
    ranges: true,
    start: () => startScript('elixir', ['elixir.exs'], ['--version']),
  },
  {
    name: 'dpkg',
    scheme: 'deb',
    ranges: false,
    most: 4000,
    start: () => startScript('sh', ['dpkg.sh'], ['-c', 'command -v dpkg']),
  },
  { name: 'rpm', scheme: 'rpm', ranges: false, start: startRpm },
];

function askSemver(line: string): string {
  const [kind, left = '', right = ''] = line.split('\t');
  if (kind === 'c')
    return semver.valid(left) && semver.valid(right) ? String(semver.compare(left, right)) : '!';
  return semver.validRange(right) === null || !semver.valid(left)
    ? '!'
    : String(Number(semver.satisfies(left, right)));
}

/** Runs `probe` first: a missing tool is no failure. */
function startScript(
  command: string,
  script: readonly string[],
  probe: readonly string[],
): ReturnType<Reference['start']> {
  if (!works(command, probe)) return undefined;
  return (lines) =>
    ask(
      command,
      script.map((name) => join(folder, name)),
      lines,
    );
}

function startCargo(): ReturnType<Reference['start']> {
  const target = mkdtempSync(join(tmpdir(), 'versions-cargo-'));
  const manifest = join(target, 'Cargo.toml');
  writeFileSync(
    manifest,
    readFileSync(join(folder, 'cargo/Cargo.toml'), 'utf8').replace(
      '[dependencies]',
      `[[bin]]\nname = "reference"\npath = ${JSON.stringify(join(folder, 'cargo/src/main.rs'))}\n\n[dependencies]`,
    ),
  );
  if (!works('cargo', ['build', '--release', '--quiet', '--manifest-path', manifest])) return undefined;
  return (lines) => ask(join(target, 'target/release/reference'), [], lines);
}

function startGo(): ReturnType<Reference['start']> {
  const program = join(mkdtempSync(join(tmpdir(), 'versions-go-')), 'reference');
  if (
    !works(
      'go',
      ['-C', join(folder, 'go'), 'build', '-mod=mod', '-modfile', `${program}.mod`, '-o', program, '.'],
      () => writeFileSync(`${program}.mod`, readFileSync(join(folder, 'go/go.mod'))),
    )
  )
    return undefined;
  return (lines) => ask(program, [], lines);
}

function startMaven(): ReturnType<Reference['start']> {
  const target = mkdtempSync(join(tmpdir(), 'versions-maven-'));
  const list = join(target, 'classpath');
  if (
    !works('mvn', [
      '-q',
      '-f',
      join(folder, 'maven/pom.xml'),
      'dependency:build-classpath',
      `-Dmdep.outputFile=${list}`,
    ])
  )
    return undefined;
  const classpath = `${target}:${readFileSync(list, 'utf8').trim()}`;
  if (!works('javac', ['-cp', classpath, '-d', target, join(folder, 'maven/Reference.java')]))
    return undefined;
  return (lines) => ask('java', ['-cp', classpath, 'Reference'], lines);
}

/** RPM's Lua reads no standard input: the pairs go through a file. */
function startRpm(): ReturnType<Reference['start']> {
  if (!works('rpm', ['--version'])) return undefined;
  const pairs = join(mkdtempSync(join(tmpdir(), 'versions-rpm-')), 'pairs');
  return (lines) => {
    writeFileSync(pairs, lines.map((line) => `${line}\n`).join(''));
    const script = `%{lua:dofile(${JSON.stringify(join(folder, 'rpm.lua'))})}`;
    const out = execFileSync('rpm', ['--eval', script], {
      env: { ...process.env, PAIRS: pairs },
      maxBuffer: 1 << 28,
    });
    return out.toString().trim().split('\n');
  };
}

function works(command: string, args: readonly string[], before: () => void = () => {}): boolean {
  before();
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] }).status === 0;
}

function ask(command: string, args: readonly string[], lines: readonly string[]): readonly string[] {
  const input = lines.map((line) => `${line}\n`).join('');
  const out = execFileSync(command, args, { input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });
  return out.toString().trimEnd().split('\n');
}
