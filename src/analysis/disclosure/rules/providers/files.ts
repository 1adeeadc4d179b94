import type { DisclosureRule } from '../../../../model/disclosure.ts';

/** Ends of names of files that hold keys, and what they are. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['.p12', 'a PKCS#12 store: certificates with their private keys'],
  ['.pfx', 'a PKCS#12 store: certificates with their private keys'],
  ['.jks', 'a Java key store'],
  ['.kdbx', 'a KeePass database'],
  ['.keystore', 'a key store'],
  ['.ppk', 'a private key of PuTTY'],
  ['config/master.key', 'the key of the credentials of a Rails application'],
  ['credentials/production.key', 'the key of the credentials of a Rails application'],
]);

/** `truststore.jks`, `cacerts.p12`. */
const TRUSTS = /trust|cacerts|(?:^|[/_.-])ca[_.-]/i;

/** Where the file's name begins, of which the end is known: each name is a find of its own. At most 80 characters back. */
function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 80 && /[\w.@+~()-]/.test(text[start - 1]!)) start--;
  return start;
}

/** Files that are secrets as a whole: binary, so that nothing in them can be read; their names tell. */
export const fileRules: readonly DisclosureRule[] = [
  {
    id: 'key-file',
    title: 'file that holds keys',
    kind: 'credential',
    keywords: [...ENDINGS.keys()],
    gate: (bytes, _start, end, _from, to) => end >= to || bytes[end] === 0,
    find: ({ text, start, end, keyword }) => [
      {
        start: nameStart(text, start),
        end,
        tier: 'likely',
        reasons: [ENDINGS.get(keyword) ?? 'a file of keys'],
      },
    ],
    // Only the name of a file counts, not its mention in a text.
    settle: (find, place) => {
      if (place.source !== 'path') return undefined;
      if (/(?:^|\/)debug\.(?:keystore|jks)$/i.test(place.path ?? ''))
        return {
          ...find,
          tier: 'possible',
          reasons: [
            ...find.reasons,
            'what Android signs with while a program is worked on, whose password everybody knows',
          ],
        };
      return TRUSTS.test(place.path ?? '')
        ? {
            ...find,
            tier: 'possible',
            reasons: [...find.reasons, 'its name says that it holds what is trusted: certificates'],
          }
        : find;
    },
    advice: 'Replace the keys that are in it, and keep the file out of the repository.',
  },
];
