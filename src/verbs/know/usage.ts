import { commandsIn, tellsCommands, type Commands } from '../../analysis/code/imports/commands.ts';
import { readDeclaring, type DeclaringManifest } from '../../analysis/code/imports/manifests.ts';
import { languageOf, languageOfScript, needsFirstLine, scanCode } from '../../analysis/code/imports/scan.ts';
import { isMentioning, tokensOf } from '../../analysis/code/imports/tokens.ts';
import { usageCollector, type UsageCollector } from '../../analysis/code/imports/usage.ts';
import { decodeText } from '../../analysis/text/decode.ts';
import { baseName, folderOf } from '../../analysis/text/paths.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Tree } from '../../model/tree.ts';
import type { UsageReport } from '../../model/usage.ts';
import type { Why } from '../../model/why.ts';

/** Larger files of code are made by tools; larger lockfiles are not read by anyone. */
const MOST_CODE_BYTES = 4_000_000;
const MOST_LOCK_BYTES = 64_000_000;
/** Larger files of configuration are data. */
const MOST_MENTIONING_BYTES = 500_000;

export interface ReadingOptions {
  readonly signal?: AbortSignal;
  /** Called every now and then, and waited for: lets the world in, since reading itself may never wait. */
  readonly pause?: (done: number, total: number) => Promise<void>;
}

/**
 * Reads the code of a tree for what it imports: JavaScript, TypeScript, their component files, and Python; and the words of
 * its configuration. The snapshot is that of the same tree. What cannot be read is counted. Rejects when aborted.
 */
export async function readUsage(
  tree: Tree,
  { inventory }: Snapshot,
  { signal, pause = async () => {} }: ReadingOptions = {},
): Promise<UsageCollector> {
  const { entries } = await tree.list(signal);
  const textOf = async (path: string, limit: number): Promise<string | undefined> => {
    signal?.throwIfAborted();
    try {
      return decodeText(await tree.read(path, limit), path).text;
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  };
  const manifests: DeclaringManifest[] = [];
  const commands = new Map<string, Commands | undefined>();
  for (const { path } of entries) {
    const isManifest = baseName(path) === 'package.json';
    if (!isManifest && !tellsCommands(path)) continue;
    const text = await textOf(path, MOST_LOCK_BYTES);
    if (!isManifest) {
      const told = text === undefined ? undefined : commandsIn(path, text);
      // Of two lockfiles in one folder the one that tells is taken.
      commands.set(folderOf(path), commands.get(folderOf(path)) ?? told);
    }
    const manifest = isManifest && text !== undefined ? readDeclaring(text, path) : undefined;
    if (manifest !== undefined) manifests.push(manifest);
  }
  const collector = usageCollector({ inventory, manifests, commands });
  const wanted = entries.filter(
    ({ path, size }) =>
      languageOf(path) !== undefined ||
      (size <= MOST_MENTIONING_BYTES && (isMentioning(path) || needsFirstLine(path))),
  );
  for (const [done, { path }] of wanted.entries()) {
    if (done % 64 === 0) await pause(done, wanted.length);
    const named = languageOf(path);
    const text = await textOf(path, named === undefined ? MOST_MENTIONING_BYTES : MOST_CODE_BYTES);
    if (text === undefined) {
      if (named !== undefined) collector.unread();
      continue;
    }
    const language = named ?? languageOfScript(text);
    if (language !== undefined && language !== 'shell')
      collector.code(path, language, scanCode(text, language));
    else if (language === 'shell' || isMentioning(path)) collector.mentions(path, tokensOf(text));
  }
  return collector;
}

/** What is declared but not seen, and used but not declared, in a tree whose code was read. */
export function usageReport(snapshot: Snapshot, collector: UsageCollector): UsageReport {
  return {
    target: snapshot.target,
    ...collector.report(),
    problems: snapshot.problems.filter(({ lost }) => lost === true),
  };
}

/**
 * An answer with what code says of its names. Of a name that nothing declares only an import is worth telling;
 * when nothing of the name was found, code may import it all the same.
 */
export function withUsage(why: Why, collector: UsageCollector): Why {
  const asked =
    why.components.length > 0
      ? why.components
      : (['npm', 'PyPI'] as const).map((ecosystem) => ({ ecosystem, name: why.asked.name }));
  const names = new Map<string, ReturnType<UsageCollector['usageOf']>>();
  for (const { ecosystem, name } of asked) {
    if (ecosystem !== 'npm' && ecosystem !== 'PyPI') continue;
    const usage = collector.usageOf(ecosystem, name);
    if (usage.seen === 'imported' || usage.declaredIn.length > 0) names.set(`${ecosystem}\n${name}`, usage);
  }
  const code = collector.read();
  return names.size === 0 || code.files === 0 ? why : { ...why, usage: { code, names: [...names.values()] } };
}
