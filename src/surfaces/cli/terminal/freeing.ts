import { grouped } from '../../../documents/common/words.ts';
import type { Freeing } from '../../../model/cost.ts';
import type { Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import { some } from './report.ts';
import { printable, type Style } from './style.ts';

/** Most direct dependencies that one answer names without `--all`. */
const SHOWN = 12;

/** What it takes to be rid of a component: a block for each version and manifest. */
export function freeingLines(
  { inventory }: Snapshot,
  freeing: readonly Freeing[],
  style: Style,
  width: number,
  all: boolean,
): string[][] {
  return freeing.map((one) => {
    const { name, version } = inventory.components[one.component]!;
    const indented = (text: string, by: number): string[] =>
      wrap(printable(text), width - by).map((line) => ' '.repeat(by) + line);
    return [
      ...wrap(printable(`${`${name} ${version}`.trim()} in ${one.manifest}`), width).map(style.bold),
      ...indented(answerOf(one), 2),
      ...(one.answer === 'freed'
        ? indented(
            some(
              one.directs.map((direct) => `${direct.name} ${direct.version}`.trim()),
              all ? Infinity : SHOWN,
            ),
            4,
          ).map(style.cyan)
        : []),
    ];
  });
}

function answerOf({ answer, directs, goes, orphans, component }: Freeing): string {
  switch (answer) {
    case 'own':
      return 'it is the repository’s own: it is no dependency that could go';
    case 'unknown':
      return 'edges unknown: this kind of file does not say who asks for whom, so nobody can say what frees it';
    case 'held-by-orphans':
      return `no set of direct dependencies frees it for sure: ${some(orphans, 3)} ${orphans.length === 1 ? 'holds' : 'hold'} it, and the file does not say who asks for ${orphans.length === 1 ? 'that' : 'those'}`;
    case 'freed': {
      const others =
        goes === 1 ? 'nothing else' : `${grouped(goes - 1)} other ${goes === 2 ? 'component' : 'components'}`;
      if (directs.length === 1 && directs[0]!.component === component)
        return `it goes when it is dropped itself, and ${others} with it: no other direct dependency needs it`;
      return directs.length === 1
        ? `it goes when this direct dependency goes, and ${others} with it:`
        : `it goes only when ${directs.length === 2 ? 'both' : `all ${grouped(directs.length)}`} of these direct dependencies go, and ${others} with it:`;
    }
  }
}
