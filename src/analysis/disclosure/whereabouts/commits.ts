import { keyOf } from '../history/id-key.ts';
import type { Column } from './column.ts';
import { column } from './column.ts';

/** What commits say of their place in history, in columns. */
export interface Commits {
  /** Takes in a commit's bytes as text, and the key of its id; `false` when it has no tree. */
  read(text: string, object: number, key: number): boolean;
  readonly count: number;
  readonly objects: Column;
  readonly keys: Column;
  /** The key of the commit's root tree. */
  readonly trees: Column;
  /** Seconds since 1970; 0 when malformed. */
  readonly authoredAt: Column;
  readonly committedAt: Column;
  /** The keys of its parents are `parents[firstParent[i]]` … `parents[firstParent[i + 1] - 1]`. */
  readonly firstParent: Column;
  readonly parents: Column;
}

export function collectCommits(): Commits {
  const own = {
    objects: column(Uint32Array),
    keys: column(),
    trees: column(),
    authoredAt: column(),
    committedAt: column(),
    firstParent: column(Uint32Array),
    parents: column(),
  };
  own.firstParent.push(0);
  return {
    ...own,
    get count() {
      return own.keys.length;
    },
    read: (text, object, key) => {
      const tree = text.startsWith('tree ') ? keyOf(text.slice(5, 21)) : Number.NaN;
      if (Number.isNaN(tree)) return false;
      own.objects.push(object);
      own.keys.push(key);
      own.trees.push(tree);
      let authoredAt = 0;
      let committedAt = 0;
      for (let at = text.indexOf('\n') + 1; at > 0 && text.charCodeAt(at) !== 10;) {
        const end = text.indexOf('\n', at);
        const line = text.slice(at, end === -1 ? undefined : end);
        if (line.startsWith('parent ')) own.parents.push(keyOf(line.slice(7, 23)));
        else if (line.startsWith('author ')) authoredAt = secondsOf(line);
        else if (line.startsWith('committer ')) {
          committedAt = secondsOf(line);
          break;
        }
        at = end + 1;
      }
      own.authoredAt.push(authoredAt);
      own.committedAt.push(committedAt);
      own.firstParent.push(own.parents.length);
      return true;
    },
  };
}

/** `… <mail> 1700000000 +0100`; 0 when malformed. */
function secondsOf(line: string): number {
  const at = line.lastIndexOf('>') + 2;
  const end = line.indexOf(' ', at);
  const seconds = end === -1 || end - at > 12 ? 0 : Number(line.slice(at, end));
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 0;
}
