/** What the name of a value says of it: 3 a secret by its name, 2 probably, 1 perhaps, 0 no word of it, and how much speaks against. */
export interface KeySense {
  readonly strength: 0 | 1 | 2 | 3;
  /** Words that name something public: `public`, `id`, `name`, `path`, `hash`. */
  readonly against: number;
  readonly isPassword: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that name a secret by themselves. */
const SECRET = words(
  'secret secrets token tokens password passwords passwd passphrase pwd passcode apikey apikeys authtoken accesstoken secretkey accesskey privatekey clientsecret bearer credential credentials creds cred hmac masterkey encryptionkey signingkey authkey apitoken appsecret appkey authorization apisecret accountkey sharedkey sessionkey storagekey requirepass',
);
/** Words that make a key a secret one. */
const MAKES_KEY_SECRET = words(
  'api access secret private encryption encrypt crypto cipher signing sign master storage account shared auth service app client session license licence admin security aes hmac jwt server deploy write ingest integration subscription webhook root data cookie',
);
const PERHAPS = words(
  'key keys auth salt pass pw pin seed signature session cookie jwt mnemonic login private authentication certificate cert oauth basic',
);
const AGAINST = words(
  'public pub id ids identifier identifiers name names path paths file files filename dir directory url uri href link host hostname port type types kind field fields label labels title length len size count index idx offset prefix suffix header headers regex regexp pattern format version rev revision commit sha md hash hashes digest checksum integrity fingerprint thumbprint etag uuid guid alias arn endpoint ttl timeout expiry expires expiration algorithm alg class classname style css column row table foreign primary sort cache translation message description placeholder hint help text icon color event status state error mode policy scope scopes role expected keyword keywords keyboard keycode keyframe keyframes keypress keydown keyup monkey turkey donkey hockey author authors authored authority authorities example sample test site sitekey measurement tracking publishable anon bypass compass tokenize tokenizer tokenizers passed passes passing passive passenger passage keypath symlink parser object item value prop property attr attribute element node map entry press code gpg pgp recv keyserver keyring apt ssh audience issuer realm tenant ref refs reference from socket days interval duration lifetime complexity attempts retries limit minimum maximum',
);
/** Whose key it is: of the application that asks (OAuth 1.0), or of the person whose signature it checks (`releaseManagerKey`). */
const NAMES_A_PARTY = words('consumer manager maintainer packager signer committer');
const OF_PAGES = words('write site website');
const PASSWORD = words(
  'password passwords passwd pwd passphrase passcode pw userpass dbpass dbpassword userpassword adminpassword rootpassword requirepass',
);

/** What is done to a secret so that it may be shown. */
const DISGUISED = words('hashed encrypted crypted masked redacted sealed obfuscated scrubbed hidden');

const HAS_PASS = words(
  'db database user admin root mail email smtp imap ftp sftp ssh my mysql pg postgres redis mongo sql auth basic login proxy keystore truststore key store test default old new account service http web app api vault wifi sudo ldap bind git github gitlab svn registry docker hub jenkins rabbit rabbitmq amqp broker oracle tomcat jmx snmp',
);

/** Last words of settings about passwords: `password_charset`, `password_dovecotpw_method`. Elsewhere they name whose it is (`provider_password`). */
const SETTINGS = words(
  'charset encoding method scheme driver provider strategy plugin backend generator handler collation command cmd cost rounds encoder hasher validator rule rules requirement requirements mechanism mechanisms protocol',
);

/** Kinds of tokens that open nothing by themselves. */
const OPEN_TOKENS = words(
  'next previous continuation continue pagination cursor resume csrf xsrf authenticity antiforgery forgery verification cancellation cancel',
);

/** The name of a file of code: what stands behind it is said of the file. */
const OF_CODE = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|swift|php|scala|sh|html?|md|pp|erb|epp|j2|haml)$/;

/** Reads a name such as `process.env.STRIPE_SECRET_KEY` or `client-secret` word by word. */
export function senseOf(key: string): KeySense {
  const parts = wordsOf(key);
  let strength: 0 | 1 | 2 | 3 = 0;
  let against = 0;
  let isPassword = false;
  const raise = (to: 1 | 2 | 3): void => {
    if (to > strength) strength = to;
  };
  for (let i = 0; i < parts.length; i++) {
    const word = parts[i]!;
    if (SECRET.has(word) || /(?:secret|password|passwd|apikey|token)$/.test(word)) raise(3);
    else if (PERHAPS.has(word)) {
      const before = parts[i - 1];
      const isKey = word === 'key' || word === 'keys';
      raise(isKey && before !== undefined && MAKES_KEY_SECRET.has(before) ? 3 : 1);
      if (before !== undefined && !AGAINST.has(before) && !(isKey && NAMES_A_PARTY.has(before))) raise(2);
    }
    // `ssh_pass`, `ssh_password`: a password all the same.
    if (AGAINST.has(word) && !(word === 'ssh' && (parts[i + 1] ?? '').startsWith('pass'))) against++;
    if (DISGUISED.has(word)) against += 2;
    if (PASSWORD.has(word) || /(?:password|passwd)$/.test(word)) isPassword = true;
    // `first_pass` and `renderPass` are turns; `db_pass` is none.
    if (word === 'pass' && (i === 0 || HAS_PASS.has(parts[i - 1]!))) isPassword = true;
  }
  // Where a list goes on, and what keeps one site from posting for another: handed to everybody.
  if (parts.some((word, i) => word === 'token' && OPEN_TOKENS.has(parts[i - 1] ?? ''))) against += 2;
  // `spreadsheet_by_key("…")`: what it is found by.
  if (parts.at(-1) === 'key' && parts.at(-2) === 'by') against += 2;
  // Django's, in one word.
  if (parts.includes('csrfmiddlewaretoken') || parts.includes('csrftoken')) against += 2;
  // What vouches for something beside it, and opens nothing: `allow_list_signature`, `data-click-hmac`.
  const last = parts.at(-1);
  if (parts.length > 1 && (last === 'signature' || last === 'signatures' || last === 'hmac')) against += 2;
  // `password_maximum_age`; not `SOPS_AGE_SECRET`.
  if (last === 'age') against += 2;
  // Segment's, which every page that is measured shows, and the one of a site, which asks its visitors to prove that they are people.
  if (last === 'key' && OF_PAGES.has(parts.at(-2) ?? '')) against += 2;
  if (SETTINGS.has(last ?? '')) against += 2;
  // Segment's, which every copy of an app that is measured has.
  if (last === 'key' && parts.includes('segment')) against++;
  // Who asks, in a signed address; what shows a page before it is published.
  if (last === 'credential' && parts.at(-2) === 'amz') against += 2;
  if (last === 'auth' && (parts.includes('gtm') || parts.join(' ').includes('tag manager'))) against++;
  // `password_salt` stands beside the hash that it is for.
  if (last === 'salt' && PASSWORD.has(parts.at(-2) ?? '')) against++;
  // Laravel's name for the one that keeps one site from posting for another.
  if (key === '_token') against += 2;
  if (key.includes('.') && OF_CODE.test(key)) against += 2;
  // The last word is the head of the name: `token_url` is a URL, `secretName` a name.
  if (AGAINST.has(parts.at(-1) ?? '')) against++;
  return { strength, against, isPassword };
}

/** The words of a name in lower case, the last 8 of them: by `_ - . $`, humps and digits. */
function wordsOf(key: string): readonly string[] {
  return (key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [])
    .map((word) => word.toLowerCase())
    .filter((word) => !/^\d+$/.test(word))
    .slice(-8);
}
