import type { DisclosureRule, Find, Tier, Window } from '../../../model/disclosure.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { allBut, beside, type Sieves } from '../rules/form/sieves.ts';
import { isExample, isRemark, REMARK, settleAddress } from './examples.ts';

/** A suffix of hosts that only an internal name server knows, and how sure its form alone makes it. */
interface Suffix {
  readonly suffix: string;
  /** The words of programs too (`settings.internal`, `res.local`): it needs the surroundings of an address. */
  readonly word: boolean;
}

const WORDS = [
  '.internal',
  '.corp',
  '.intranet',
  '.lan',
  '.local',
  '.localdomain',
  '.private',
  '.home',
  '.intra',
];
const DOMAINS = [
  '.home.arpa',
  '.svc.cluster.local',
  '.compute.internal',
  '.ec2.internal',
  '.gsi.gov.uk',
  '.gsx.gov.uk',
  '.gse.gov.uk',
  '.gcsx.gov.uk',
  '.x.gsi.gov.uk',
  '.pnn.police.uk',
  '.pnn.gov.uk',
  '.cjsm.net',
  '.psn.gov.uk',
  '.r.mil.uk',
  '.mod.uk',
  '.nhs.net',
  '.n3.nhs.uk',
  '.hscn.nhs.uk',
  '.xswhealth.nhs.uk',
];

const ADVICE = 'Move it to configuration that is not published, and decide whether the history may show it.';

export const internalHost: DisclosureRule = hostRule('internal-host', 'Internal host name', [
  ...WORDS.map((suffix) => ({ suffix, word: true })),
  ...DOMAINS.map((suffix) => ({ suffix, word: false })),
]);

/** The rule for an organisation's own internal domains: `['corp.example', 'dev.corp.example']`, with or without a dot before. */
export function organisationHosts(domains: readonly string[]): DisclosureRule {
  return hostRule(
    'organisation-host',
    'Internal host name of the organisation',
    domains.map((domain) => ({ suffix: `.${domain.toLowerCase().replace(/^\.+/, '')}`, word: false })),
  );
}

function hostRule(id: string, title: string, suffixes: readonly Suffix[]): DisclosureRule {
  const words = new Set(suffixes.filter(({ word }) => word).map(({ suffix }) => suffix));
  return {
    id,
    title,
    kind: 'internal-address',
    keywords: suffixes.map(({ suffix }) => suffix),
    sieve: () => ENDS_HOST,
    gate: endsHost,
    find: (window) => findHost(window, words.has(window.keyword)),
    settle: settleAddress,
    advice: ADVICE,
  };
}

const ENDS_HOST: Sieves = [
  [beside('before', alphabetOf('0-9A-Za-z')), beside('after', allBut(alphabetOf('0-9A-Za-z_(-')))],
];

/** A label of a host before, and nothing of one behind. */
function endsHost(bytes: Uint8Array, start: number, end: number, from: number, to: number): boolean {
  if (start === from || !isAlphanumeric(bytes[start - 1]!)) return false;
  if (end === to) return true;
  const after = bytes[end]!;
  if (isAlphanumeric(after) || after === 0x2d || after === 0x5f || after === 0x28) return false;
  return after !== 0x2e || end + 1 === to || !isAlphanumeric(bytes[end + 1]!);
}

function findHost({ text, start, end, keyword }: Window, word: boolean): readonly Find[] {
  let from = start;
  while (from > 0 && start - from < 200 && isHostByte(text.charCodeAt(from - 1))) from--;
  while (from < start && !isAlphanumeric(text.charCodeAt(from))) from++;
  if (from === start) return [];
  const name = text.slice(from, end);
  const before = text.slice(Math.max(0, from - 64), from);
  const after = text.slice(end, end + 8);
  if (isPlaceholder(text.slice(from, start), name) || /[$\w}\])]$|[}\])][-.]$/.test(before)) return [];
  const mail = before.endsWith('@');
  const url = /:\/\/(?:[^\s/@]{1,60}@)?$/.test(before) || /^:\d{2,5}(?!\d)/.test(after);
  const field = FIELD.test(before);
  const quoted = /["'`]$/.test(before) && before.at(-1) === after[0];
  const labels = name.split('.').length;
  let tier: Tier | undefined;
  let why = '';
  // Domains of mail, which lists of organisations have; their hosts have another label.
  const isMailDomain = /^[a-z0-9-]+\.(?:gsi|gsx|gse|gcsx|pnn|psn)\.(?:gov|police)\.uk$/i.test(name);
  if (url) [tier, why] = [isAnybodys(name, word) ? 'possible' : 'likely', 'in a URL or with a port'];
  else if (field && !isMailDomain && !IN_DEFAULT.test(name) && (!word || name === name.toLowerCase()))
    [tier, why] = ['likely', 'where a host is named'];
  else if (!word)
    [tier, why] = [
      mail || isMailDomain || IN_DEFAULT.test(name) ? 'possible' : 'likely',
      mail ? 'in an e-mail address' : isMailDomain ? 'a domain of mail' : 'its form is that of a host',
    ];
  else if ((quoted || mail) && name === name.toLowerCase() && labels > 2)
    [tier, why] = ['possible', mail ? 'in an e-mail address' : 'quoted, with several labels'];
  if (tier === undefined) return [];
  if (isExample(before)) tier = 'possible';
  const reasons = [`ends with ${keyword}`, why, ...(isRemark(text, from) ? [REMARK] : [])];
  return [{ start: from, end, tier, reasons, secret: name.toLowerCase() }];
}

const FIELD =
  /(?:host|hostname|server|servername|domain|fqdn|endpoint|proxy|bind|ssh|ping|nslookup|dig|telnet|search|zone|ldap|smtp)s?["'\]]?\s{0,3}(?:=|:|=>|\s)\s{0,3}["']?$/i;

const isAnybodys = (name: string, word: boolean): boolean =>
  (word && GENERIC.test(name)) || IN_DEFAULT.test(name);

/** A service of a cluster in the namespace that each has, or in one that comes with what is installed there: `redis.default.svc.cluster.local`. */
const IN_DEFAULT =
  /^[a-z][\w-]*\.(?:default|kube-system|istio-system|linkerd|cert-manager|ingress-nginx|knative-[a-z]+)\.svc\.cluster\.local$/i;

/** One label that could be anybody's. */
const GENERIC =
  /^(?:server|host|hostname|registry|proxy|http-proxy|service|name|domain|node|api|app|db|www|web|site|mail|ldap|git|gitlab|internal|private|local|some|printer|raspberrypi)\d{0,3}\.[a-z]+$/i;

/** `stem` is what stands before the suffix: names of documentation, and hosts that every container and cluster has, a region of AWS. */
const isPlaceholder = (stem: string, name: string): boolean =>
  /(?:^|[.-])(?:example|your|my\w{0,8}|foo|bar|test|placeholder|localhost|hostname|xxx+)(?:[.-]|$)/i.test(
    stem,
  ) ||
  COMMON.has(name.toLowerCase()) ||
  /^[a-z]{2}(?:-[a-z]+){1,2}-\d\.compute\.internal$/i.test(name);

const COMMON = new Set([
  'host.docker.internal',
  'gateway.docker.internal',
  'kubernetes.docker.internal',
  'host.containers.internal',
  'host.minikube.internal',
  'host.lima.internal',
  'metadata.google.internal',
  'kubernetes.default.svc.cluster.local',
]);

const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a);
const isHostByte = (unit: number): boolean => isAlphanumeric(unit) || unit === 0x2d || unit === 0x2e;
