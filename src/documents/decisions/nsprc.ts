import { parseJsonObject } from '../../analysis/text/json.ts';
import { baseName } from '../../analysis/text/paths.ts';
import type { Decision } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import type { AllowEntry } from './allowlist.ts';
import { allowEntryOf, readAllowEntry } from './allowlist.ts';
import type { DecisionFormat, Kept } from './format.ts';
import { idMaker, isPrivateId, notApplied, privateIdProblem } from './format.ts';
import { plainJson } from './jsonc.ts';

/**
 * .nsprc of better-npm-audit (`id: {active, notes, expiry}` or `id: "note"`), and the old nsp's `exceptions: [url]`.
 * https://github.com/jeemok/better-npm-audit#using-nsprc-file-to-manage-exceptions
 */
export const nsprc: DecisionFormat = {
  id: 'nsprc',
  title: 'better-npm-audit exceptions',
  files: ['.nsprc'],
  claims: (path) => baseName(path) === '.nsprc',
  read({ path, text }) {
    const lines = new Map<string, number>();
    const { value, problems: faults } = parseJsonObject(plainJson(text), path, (depth, key, line) => {
      if (depth === 1) lines.set(key, line);
    });
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    const read = (entry: AllowEntry, line: number, section: string): void => {
      const reading = readAllowEntry(entry, { path, line, format: 'nsprc' }, makeId(entry.key), false);
      if (reading === undefined) {
        kept.push({ section, value: { [entry.key]: entry.value } });
        return;
      }
      if (reading.fault !== undefined)
        problems.push(notApplied('decision/not-applied', reading.fault, path, line));
      for (const id of reading.decision.about.advisories)
        if (isPrivateId(id)) problems.push(privateIdProblem(id, path, line));
      decisions.push(reading.decision);
    };
    // JavaScript puts keys that are numbers first; the file's order is that of the lines.
    const inOrder = Object.entries(value ?? {}).sort(([a], [b]) => (lines.get(a) ?? 0) - (lines.get(b) ?? 0));
    for (const [key, content] of inOrder) {
      const line = lines.get(key) ?? 0;
      if (!Array.isArray(content)) {
        read({ key, value: content }, line, '');
        continue;
      }
      for (const url of content)
        if (key === 'exceptions' && typeof url === 'string') read({ key: url, value: undefined }, line, key);
        else {
          kept.push({ section: key, value: url });
          problems.push(
            notApplied('decision/unexpected-shape', `${key} holds what we do not know`, path, line),
          );
        }
    }
    return { decisions, kept, problems };
  },
  /** `{ key, value }`; a bare key of the old `exceptions` list has the value null. */
  entryOf: allowEntryOf,
};
