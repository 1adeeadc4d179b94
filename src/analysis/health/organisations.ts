/** Hosts of mail that anybody can have: they say nothing of an employer. Names before the first dot; the ending may vary. */
const FREE_MAIL: ReadonlySet<string> = new Set(
  (
    'gmail googlemail hotmail outlook windowslive live msn yahoo ymail rocketmail icloud me mac proton protonmail pm gmx web aol ' +
    'fastmail hey zoho tutanota tuta tutamail posteo mailbox riseup disroot duck mail email inbox qq 163 126 foxmail sina ' +
    'aliyun naver daum hanmail yandex ya bk list rambler ukr seznam wp o2 onet interia freemail free orange laposte wanadoo ' +
    'sfr t-online freenet arcor bluewin libero virgilio tiscali comcast verizon att sbcglobal btinternet sky virginmedia ' +
    'ntlworld talktalk bigpond optusnet rediffmail hushmail startmail runbox mailfence simplelogin relay passmail'
  ).split(' '),
);
/** Free only with one of these endings: `me.com` is, `me.example` is a person's own. */
const SHORT_FREE: ReadonlyMap<string, readonly string[]> = new Map([
  ['me', ['com']],
  ['mac', ['com']],
  ['live', ['com', 'co.uk', 'nl', 'fr', 'se', 'dk', 'no', 'de', 'it', 'com.au']],
  ['pm', ['me']],
  ['hey', ['com']],
  ['ya', ['ru']],
  ['bk', ['ru']],
  ['list', ['ru']],
  ['wp', ['pl']],
  ['o2', ['pl']],
  ['mail', ['com', 'ru', 'de', 'ee', 'bg']],
  ['email', ['com', 'cz', 'de']],
  ['inbox', ['com', 'ru', 'lv']],
  ['web', ['de']],
  ['free', ['fr']],
  ['orange', ['fr']],
  ['sky', ['com']],
  ['att', ['net']],
  ['duck', ['com']],
  ['relay', ['firefox.com']],
  ['mailbox', ['org']],
  ['proton', ['me']],
  ['zoho', ['com', 'eu', 'in']],
  ['msn', ['com']],
  ['aliyun', ['com']],
  ['disroot', ['org']],
  ['riseup', ['net']],
]);
/** Second levels under which a country sells names, so that `gov.uk` is nobody's own. */
const PUBLIC_SECOND = /^(?:co|com|gov|gob|gouv|govt|go|ac|edu|org|net|or|ne|nhs|police|mil|sch)\.[a-z]{2}$/;

/**
 * The domain of a mail address, when it may stand for an organisation: lower case. `undefined` for free mail, for the
 * addresses that forges make up (`…@users.noreply.…`), and for what is no public host (`localhost`, `laptop.local`).
 */
export function mailDomain(email: string): string | undefined {
  const domain = email
    .slice(email.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.+$/, '');
  if (!email.includes('@') || domain.length > 253) return undefined;
  const labels = domain.split('.');
  if (labels.length < 2 || labels.some((label) => !/^[\p{L}\p{N}_-]+$/u.test(label))) return undefined;
  if (/^(?:.*\.)?(?:no-?reply)\./.test(`${domain}.`)) return undefined;
  if (/(?:^|\.)(?:local|lan|home|internal|localdomain|localhost|invalid|test|example)$/.test(domain))
    return undefined;
  if (/(?:^|\.)example\.(?:com|org|net)$/.test(domain) || /^\d+$/.test(labels.at(-1)!)) return undefined;
  return isFreeMail(labels) ? undefined : domain;
}

function isFreeMail(labels: readonly string[]): boolean {
  const [first = '', ...rest] = labels;
  const endings = SHORT_FREE.get(first);
  if (endings !== undefined) return endings.includes(rest.join('.'));
  return FREE_MAIL.has(first) && rest.length <= 2;
}

/**
 * Maps each domain to the one that stands for its organisation: the shortest seen domain that it lies below
 * (`eng.example.org` → `example.org` when both are seen). Public second levels (`gov.uk`) stand for nobody.
 */
export function organisationOf(domains: Iterable<string>): ReadonlyMap<string, string> {
  const seen = new Set(domains);
  const result = new Map<string, string>();
  for (const domain of seen) {
    let stands = domain;
    for (let at = domain.indexOf('.'); at !== -1; at = domain.indexOf('.', at + 1)) {
      const parent = domain.slice(at + 1);
      if (seen.has(parent) && !PUBLIC_SECOND.test(parent)) stands = parent;
    }
    result.set(domain, stands);
  }
  return result;
}
