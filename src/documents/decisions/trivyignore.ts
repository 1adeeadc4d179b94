import { eachLine } from '../../analysis/text/lines.ts';
import { baseName } from '../../analysis/text/paths.ts';
import type { Decision } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import { instantOf } from './dates.ts';
import type { DecisionFormat } from './format.ts';
import { idMaker, isPrivateId, notApplied, NOTHING, privateIdProblem, within } from './format.ts';

/**
 * .trivyignore: one id a line, `exp:2026-01-01` after it. The format has no reason, so people write it in the comment above the id
 * or behind it: that is taken as one. https://trivy.dev/latest/docs/configuration/filtering/#trivyignore
 */
export const trivyignore: DecisionFormat = {
  id: 'trivyignore',
  title: 'Trivy ignore file',
  files: ['.trivyignore'],
  claims: (path) => baseName(path) === '.trivyignore',
  read({ path, text }) {
    const decisions: Decision[] = [];
    const problems: Problem[] = [];
    const makeId = idMaker(path);
    let above: string[] = [];
    eachLine(text, (line, number) => {
      const trimmed = line.trim();
      if (trimmed === '') {
        above = [];
        return;
      }
      if (trimmed.startsWith('#')) {
        above.push(line);
        return;
      }
      const hash = line.indexOf(' #');
      const words = (hash === -1 ? line : line.slice(0, hash)).trim().split(/\s+/);
      const [id = ''] = words;
      const date = words.find((word) => word.startsWith('exp:'));
      const expires = date === undefined ? undefined : instantOf(date.slice(4));
      const isBroken =
        (date !== undefined && expires === undefined) || words.length > (date === undefined ? 1 : 2);
      if (isBroken)
        problems.push(
          notApplied(
            'decision/not-applied',
            `expected an id and exp:YYYY-MM-DD, found ${JSON.stringify(clip(trimmed))}`,
            path,
            number,
          ),
        );
      if (isPrivateId(id)) problems.push(privateIdProblem(id, path, number));
      const comments = [...above, ...(hash === -1 ? [] : [line.slice(hash + 1)])];
      decisions.push({
        id: makeId(id),
        about: isBroken ? NOTHING : within(path, { advisories: [id] }),
        status: 'affected',
        reason: comments
          .map((comment) => comment.trim().replace(/^#+\s*/, ''))
          .join(' ')
          .trim(),
        by: '',
        at: '',
        ...(expires === undefined ? {} : { expires }),
        source: { path, line: number, format: 'trivyignore' },
        imported: { extra: { lines: [...above, line] } },
      });
      above = [];
    });
    return { decisions, kept: [], problems };
  },
  /** The lines of the entry: comments above it, then the id. */
  entryOf: (decision) => decision.imported?.extra['lines'],
};

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
