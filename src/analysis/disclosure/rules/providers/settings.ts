import type { DisclosureRule, Find, Gate, Place, Window } from '../../../../model/disclosure.ts';
import { BASE64 } from '../form/alphabets.ts';
import { lookOf } from '../form/placeholders.ts';
import { isReference } from '../form/references.ts';
import { tokenRule } from '../form/token.ts';
import { basic } from './headers.ts';

const ADVICE =
  'Change the password at the host that the settings name, and take it from the environment instead.';

/** `"auth": "…"` of Docker's config.json; `_auth=…` of npm's. Both are user and password in base64. */
const AUTH = /(?:["']\s{0,4}:\s{0,4}["']|\s{0,4}=\s{0,4}["']?)([0-9A-Za-z+/]{8,2000}={0,2})(?=["'\s]|$)/y;

function findAuth({ text, end }: Window): readonly Find[] {
  AUTH.lastIndex = end;
  const match = AUTH.exec(text);
  if (match === null) return [];
  return basic(match[1]!, end + match[0].length - match[1]!.length).map((find) => ({
    ...find,
    reasons: ['user and password in base64, where settings of registries have them'],
  }));
}

/** `machine HOST login USER password SECRET`, on one line or over some. https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html */
const NETRC = /(?:^|\s)(machine\s+\S+\s+|default\s+)?(login\s+(\S+)\s+|account\s+\S+\s+)*$/;

function findNetrc({ text, start, end }: Window): readonly Find[] {
  const value = /\s{0,8}(\S{3,256})/y;
  value.lastIndex = end;
  const match = value.exec(text);
  const password = match?.[1]?.replace(/^"(.*)"$/, '$1');
  if (password === undefined || isReference(password) || lookOf(password) === 'made-up') return [];
  const before = NETRC.exec(text.slice(Math.max(0, start - 300), start));
  const isWhole = before?.[1] !== undefined && before[3] !== undefined;
  const isAlone = /^\s*$/.test(text.slice(0, start));
  // What anonymous FTP asks for.
  if ((!isWhole && !isAlone && before?.[3] === undefined) || before?.[3] === 'anonymous') return [];
  const at = text.indexOf(password, end);
  return [
    {
      start: at,
      end: at + password.length,
      tier: isWhole ? 'likely' : 'possible',
      reasons: ['the password of a login, as a .netrc has it'],
    },
  ];
}

/** A password on a line of its own says nothing but in such a file. */
function settleNetrc(find: Find, place: Place): Find | undefined {
  if (find.tier === 'likely') return find;
  return /(?:^|\/)[._]netrc$|\.netrc$/.test(place.path ?? '') ? { ...find, tier: 'likely' } : undefined;
}

const isWordAlone: Gate = (bytes, start, end, from, to) =>
  (start === from || bytes[start - 1] === 0x20 || bytes[start - 1] === 9 || bytes[start - 1] === 0x0a) &&
  end < to &&
  bytes[end]! > 0x20;

/** Credentials in files of settings that have a form of their own. */
export const settingsRules: readonly DisclosureRule[] = [
  {
    id: 'registry-auth',
    title: 'user and password of a registry',
    kind: 'credential',
    keywords: ['"auth', '_auth'],
    gate: (bytes, _start, end, _from, to) =>
      end + 10 < to && (bytes[end] === 0x22 || bytes[end] === 0x3d || bytes[end] === 0x20),
    find: findAuth,
    advice: ADVICE,
  },
  {
    id: 'netrc-password',
    title: 'password of a .netrc file',
    kind: 'credential',
    keywords: ['password '],
    gate: isWordAlone,
    find: findNetrc,
    settle: settleNetrc,
    advice: ADVICE,
  },
  tokenRule({
    id: 'jenkins-secret',
    title: 'secret that Jenkins encrypted',
    provider: 'Jenkins',
    marks: ['{AQAAAB'],
    body: BASE64,
    least: 16,
    pattern: /\{AQAAAB[0-9A-Za-z+/]{16,2000}={0,2}\}/y,
    tier: 'possible',
    reason: 'its form; it opens with the key that Jenkins keeps in its folder `secrets`',
    advice:
      'Make sure that the folder `secrets` of that Jenkins was never published; if it may have been, change what was encrypted.',
    revokePage: 'https://www.jenkins.io/doc/book/using/using-credentials/',
  }),
];
