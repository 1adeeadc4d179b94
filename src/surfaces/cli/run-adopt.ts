import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { codec } from '../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { defaultCacheFolder, fileCache } from '../../adapters/cache/files.ts';
import { readClone } from '../../adapters/git/clone.ts';
import { findRepository } from '../../adapters/git/repository.ts';
import { downloadBytes } from '../../adapters/http/download.ts';
import { readKernelFile } from '../../adapters/kernel/wasm-file.ts';
import { openTree } from '../../adapters/tree/open.ts';
import { NO_CONFIG } from '../../analysis/config/config.ts';
import { kernelInflater } from '../../analysis/disclosure/kernel/inflater.ts';
import { extractors } from '../../analysis/ecosystems/index.ts';
import { readForge } from '../../analysis/health/forge.ts';
import { secondsOf, YEAR } from '../../analysis/health/figures.ts';
import { ASKABLE, registryAddress } from '../../analysis/health/registry/address.ts';
import { readRegistry } from '../../analysis/health/registry/index.ts';
import { extractAll } from '../../engine/extract.ts';
import type { AdoptionReport, CloneFacts, ForgeFacts, RegistryFacts } from '../../model/adoption.ts';
import type { AdvisoryStore } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { AssayError, type Problem } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Tree } from '../../model/tree.ts';
import { assessAdoption, type AdoptInput } from '../../verbs/know/adopt.ts';
import { readCloneTexts, type CloneTexts } from '../../verbs/know/adopt-clone.ts';
import { openAdvisories } from '../../verbs/know/advisories.ts';
import { assessScan } from '../../verbs/know/scan.ts';
import { adoptTarget, type AdoptTarget } from './adopt-target.ts';
import { calledAfter } from './called.ts';
import type { Invocation } from './command.ts';
import { databaseFolder } from './folders.ts';
import { readGiven } from './given-files.ts';
import { progressOn } from './progress.ts';
import { runScan } from './run-scan.ts';

const MOST_ANSWER_BYTES = 256 * 1024 * 1024;

/** The one way from arguments to a report. AssayErrors of the adapters pass through (exit code 2). */
export async function runAdopt(invocation: Invocation): Promise<AdoptionReport> {
  const { io, value } = invocation;
  const target = targetOf(invocation);
  const asOf = momentOf(value('as-of'), io.now());
  const problems: Problem[] = [];
  const into = await projectOf(target, invocation);
  const registry = await metadataOf(target, into, invocation, problems);
  const forge = forgeOf(invocation, problems);
  const advisories = openAdvisories(openAdvisoryFolder(databaseFolder(invocation)), codec);
  const progress = progressOn(io);
  try {
    progress.step('reading history', 0, 0);
    const clone =
      target.clone === undefined ? undefined : await cloneOf(target, asOf, advisories.store, invocation);
    problems.push(...(clone?.problems ?? []));
    const input: AdoptInput = {
      subject: subjectOf(target),
      ...(clone === undefined ? {} : { clone: { ...clone.read, facts: clone.facts }, own: clone.own }),
      ...(registry === undefined ? {} : { registry }),
      ...(forge === undefined ? {} : { forge }),
      ...(into === undefined ? {} : { into }),
      ...(asOf === undefined ? {} : { asOf }),
      store: advisories.store,
      now: io.now(),
      version: io.version,
      problems,
    };
    if (clone === undefined && registry === undefined && forge === undefined)
      throw new AssayError(
        'adopt/nothing-to-look-at',
        [`there is nothing to judge ${target.name} by`, ...problems.map(({ message }) => message)].join(': '),
        {
          hint: 'give a clone (--clone PATH), the registry’s answer (--metadata FILE, or --online to fetch it), or both',
        },
      );
    return assessAdoption(input);
  } finally {
    progress.end();
    advisories.close();
  }
}

function targetOf({ io, positionals, value }: Invocation): AdoptTarget {
  const [text] = positionals;
  if (text === undefined || positionals.length > 1)
    throw new AssayError('cli/usage', 'adopt: name one component or one clone', {
      hint: 'see `assay adopt --help`',
    });
  const clone = value('clone');
  const ecosystem = value('ecosystem');
  return adoptTarget(text, {
    cwd: io.cwd,
    ...(clone === undefined ? {} : { clone }),
    ...(ecosystem === undefined ? {} : { ecosystem }),
  });
}

function subjectOf({ name, component, ecosystem, version, clone }: AdoptTarget): AdoptInput['subject'] {
  return {
    name: component === undefined && clone !== undefined ? calledAfter(clone) : name,
    ...(component === undefined ? {} : { component }),
    ...(ecosystem === undefined ? {} : { ecosystem }),
    ...(version === undefined ? {} : { version }),
  };
}

/** `today`, or the last second of a day. */
function momentOf(text: string | undefined, now: string): string | undefined {
  if (text === undefined) return undefined;
  if (text === 'today') return now;
  const at = `${text}T23:59:59Z`;
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    secondsOf(at) === undefined ||
    new Date(at).toISOString().slice(0, 10) !== text
  )
    throw new AssayError('cli/usage', `adopt: --as-of ${text}: expected a day, YYYY-MM-DD, or today`);
  return at > now && text !== now.slice(0, 10) ? refuseFuture(text) : at > now ? now : at;
}

function refuseFuture(text: string): never {
  throw new AssayError('cli/usage', `adopt: --as-of ${text} has not come yet`);
}

interface ReadClone {
  readonly facts: CloneFacts;
  readonly read: CloneTexts;
  readonly own: Snapshot;
  readonly problems: readonly Problem[];
}

async function cloneOf(
  target: AdoptTarget,
  asOf: string | undefined,
  store: AdvisoryStore,
  invocation: Invocation,
): Promise<ReadClone> {
  const { io, value } = invocation;
  const path = target.clone!;
  const within = value('within');
  const moment = secondsOf(asOf);
  const inflater = kernelInflater(readKernelFile());
  const facts = readClone(path, {
    name: calledAfter(path),
    inflater,
    windowSeconds: 2 * YEAR,
    ...(moment === undefined ? {} : { asOf: moment }),
    ...(within === undefined ? {} : { within: within.replace(/^\.\/|\/+$/g, '') }),
  });
  const tree = openTree(path, { revision: facts.tip, objects: { verify: 'files', inflater } });
  try {
    const read = await readCloneTexts(tree, io.signal);
    const own = await scanOwn(tree, facts, store, invocation);
    return { facts, read, own, problems: [...facts.problems, ...read.problems] };
  } finally {
    await tree.close();
  }
}

/** The clone's tree as it is: what it decided or left out for itself does not count here. */
async function scanOwn(
  tree: Tree,
  facts: CloneFacts,
  store: AdvisoryStore,
  invocation: Invocation,
): Promise<Snapshot> {
  const { io } = invocation;
  const cache = invocation.flag('no-cache') ? undefined : fileCache(defaultCacheFolder(io.env));
  const extracted = await extractAll(tree, {
    extractors,
    ...(cache === undefined ? {} : { cache }),
    signal: io.signal,
  });
  await cache?.close();
  const byId = new Map<string, EcosystemId>(extractors.map(({ id, ecosystem }) => [id, ecosystem]));
  return assessScan({
    target: { name: facts.name, kind: tree.kind, commit: facts.tip },
    files: extracted.extractions.map((one) => ({ ...one, ecosystem: byId.get(one.extractor)! })),
    problems: extracted.problems,
    skipped: extracted.skipped,
    store,
    config: NO_CONFIG,
    decisions: [],
    now: io.now(),
    version: io.version,
  });
}

/** The project that a named component would go into: `--into`, else the folder that people are in when it has manifests. */
async function projectOf(target: AdoptTarget, invocation: Invocation): Promise<Snapshot | undefined> {
  const { io, value } = invocation;
  const given = value('into');
  if (given === undefined && (target.component === undefined || !hasManifest(io.cwd))) return undefined;
  const folder = resolve(io.cwd, given ?? '.');
  if (given === undefined && target.clone !== undefined && sameRepository(folder, target.clone))
    return undefined;
  return runScan(
    {
      ...invocation,
      positionals: [folder],
      // Options of this command that a scan would take for its own.
      value: (name) => (name === 'db' ? value('db') : name === 'name' ? calledAfter(folder) : undefined),
      flag: (name) => name === 'no-cache' && invocation.flag('no-cache'),
    },
    undefined,
  );
}

const hasManifest = (folder: string): boolean =>
  PROJECT_FILES.some((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true);

const PROJECT_FILES = [
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'pubspec.yaml',
];

const sameRepository = (a: string, b: string): boolean => {
  const first = findRepository(a);
  return first !== undefined && first.gitDir === findRepository(b)?.gitDir;
};

async function metadataOf(
  target: AdoptTarget,
  into: Snapshot | undefined,
  invocation: Invocation,
  problems: Problem[],
): Promise<RegistryFacts | undefined> {
  const file = invocation.value('metadata');
  if (file !== undefined) {
    const read = readRegistry(readGiven(file, invocation.io.cwd), basename(file));
    problems.push(...read.problems);
    return matching(read.facts, target, problems);
  }
  if (!invocation.flag('online')) return undefined;
  const { text, from } = await askRegistry(target, into, invocation);
  const read = readRegistry(text, from);
  problems.push(...read.problems);
  return matching(read.facts, target, problems);
}

/** Metadata of another component would answer for the wrong one. */
function matching(
  facts: RegistryFacts | undefined,
  { component, ecosystem }: AdoptTarget,
  problems: Problem[],
): RegistryFacts | undefined {
  if (facts === undefined || component === undefined) return facts;
  const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
  if (plain(facts.name) === plain(component) && (ecosystem === undefined || ecosystem === facts.ecosystem))
    return facts;
  problems.push({
    code: 'adopt/other-metadata',
    message: `${facts.from} speaks of ${facts.name} (${facts.ecosystem}), not of ${component}: it is not used`,
    lost: true,
  });
  return undefined;
}

/** The only use of the network, and only with `--online`: one answer of the registry that configuration names. */
async function askRegistry(
  target: AdoptTarget,
  into: Snapshot | undefined,
  { io, value }: Invocation,
): Promise<{ readonly text: string; readonly from: string }> {
  const name = target.component;
  if (name === undefined)
    throw new AssayError('cli/usage', 'adopt: --online needs a component’s name', {
      hint: 'assay adopt NAME@VERSION --clone PATH --online',
    });
  const ecosystem =
    target.ecosystem ??
    into?.inventory.components.find((component) => component.name === name)?.ecosystem ??
    'npm';
  if (!ASKABLE.includes(ecosystem))
    throw new AssayError('adopt/no-registry', `answers of ${ecosystem}'s registry cannot be read`, {
      hint: `they can of ${ASKABLE.join(', ')}`,
    });
  const home = io.env['HOME'] ?? homedir();
  const address = registryAddress(ecosystem, name, {
    given: value('registry'),
    env: io.env,
    npmrc: [join(io.cwd, '.npmrc'), join(home, '.npmrc')].flatMap((path) => {
      const text = textIfAny(path);
      return text === undefined ? [] : [{ path, text }];
    }),
    resolved: (into?.inventory.components ?? []).flatMap((component) =>
      component.ecosystem === ecosystem && component.source !== undefined
        ? [{ name: component.name, source: component.source }]
        : [],
    ),
  });
  if (address === undefined)
    throw new AssayError('adopt/no-registry', `nothing names the registry of ${name} (${ecosystem})`, {
      hint: 'give its address with --registry URL; none is built in',
    });
  io.err(`assay: asking ${address.host} about ${name} (${ecosystem}; address from ${address.because})\n`);
  const bytes = await downloadBytes(address.url, { signal: io.signal, limit: MOST_ANSWER_BYTES });
  return { text: new TextDecoder().decode(bytes), from: address.url };
}

function forgeOf(invocation: Invocation, problems: Problem[]): ForgeFacts | undefined {
  const files = invocation.values('forge');
  if (files.length === 0) return undefined;
  const read = readForge(
    files.map((path) => ({ path: basename(path), text: readGiven(path, invocation.io.cwd) })),
  );
  problems.push(...read.problems);
  return read.facts;
}

function textIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
