import { decodeBase64 } from '../rules/checks/base64.ts';
import { surpriseOf } from './token.ts';

/** Fewest and most characters of a secret that was drawn and not chosen. */
const LEAST = 16;
const MOST = 512;

/** Whether a value is of the form of a drawn secret: one token of the usual alphabets, of some length, that is no number. */
export function fits(value: string): boolean {
  return (
    value.length >= LEAST &&
    value.length <= MOST &&
    /^[A-Za-z0-9+/=_.~-]+$/.test(value) &&
    /[A-Za-z]/.test(value)
  );
}

/** What is random and no secret, by its own form: digests with their name before them, files, versions, addresses of hosts. */
export function isOpenByForm(value: string): boolean {
  return (
    /^(?:sha(?:1|224|256|384|512)|md5|h1)[-:=_]/i.test(value) ||
    /\.(?:js|mjs|cjs|ts|tsx|jsx|json|pem|crt|cer|key|pub|p12|pfx|jks|html?|css|scss|png|jpe?g|gif|svg|txt|ya?ml|xml|p?sql|csv|conf|cfg|ini|jsp|php|vue|exe|dll|zip|pdf|log|py|rb|go|rs|java|md|sh|com|org|net|io)$/i.test(
      value,
    ) ||
    /^(?:\.{1,2}\/|[A-Za-z]:\/|~\/)/.test(value) ||
    /^[\^~<>= ]{0,4}v?\d+(?:\.\d+){1,}/.test(value) ||
    /^(?:[A-Za-z_.-]+\/){1,}[A-Za-z_.-]+$/.test(value) ||
    GITHUB_NODE.test(value) ||
    PUBLIC.test(value) ||
    OF_NOTHING.test(value) ||
    /^urn:[a-z0-9][a-z0-9-]{1,30}:/i.test(value) ||
    JUDGED.test(value) ||
    isAlphabet(value) ||
    writtenInHex(value) !== undefined ||
    isHost(value)
  );
}

/** The name of a host in base64, perhaps behind a mark: it says whose tokens follow. */
function isHost(value: string): boolean {
  const decoded = decodeBase64(/[A-Za-z0-9+/]{12,}={0,2}$/.exec(value)?.[0] ?? '');
  return decoded !== undefined && /^[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})+$/.test(decoded);
}

/** The text that stands in hexadecimal digits, if there is one: `636f6d2e4d4d4b56…` is `com.MMKV…`. What is drawn has bytes that are no text among the first dozen. */
export function writtenInHex(value: string): string | undefined {
  if (value.length < 24 || value.length % 2 === 1 || !/^(?:[2-7][0-9a-fA-F])+$/.test(value)) return undefined;
  let text = '';
  for (let i = 0; i < value.length; i += 2)
    text += String.fromCharCode(Number.parseInt(value.slice(i, i + 2), 16));
  return /^[ -~]+$/.test(text) && surpriseOf(text) < DRAWN_TEXT ? text : undefined;
}

/** Bits a pair: of names and sentences 4 to 5.5, of what is drawn from letters and digits 8 and more. */
const DRAWN_TEXT = 6.5;

/** The letters, each once, in whatever order: rotors, substitutions, keys of puzzles. */
function isAlphabet(value: string): boolean {
  return /^(?:[a-z]{26}|[A-Z]{26})$/.test(value) && new Set(value).size === 26;
}

/** Names of things at GitHub: `PR_kwDO…`, and of old the base64 of `012:PullRequest…`. https://docs.github.com/en/graphql/guides/using-global-node-ids */
const GITHUB_NODE =
  /^(?:[A-Z][A-Za-z]{0,10}_(?:kw|kg|lA|lQ|lo|hk)[A-Za-z0-9_-]{4,}|MD(?:[A-Za-z0-9]6|[A-Za-z0-9]{2}O)[A-Za-z0-9+/]{8,}={0,2})$/;

/**
 * Names of keys and indices of a database by their tables' hashes (`FK_EE52E3FA19EB6921`); addresses of contracts and accounts (20
 * bytes: keys have 32), and of wallets (BIP 173); recipients of age; the public keys of SSH; what browsers are given to report with
 * (https://docs.datadoghq.com/account_management/api-app-keys/#client-tokens); the ids of applications at Google.
 */
const PUBLIC =
  /^(?:(?:FK|IDX|UNIQ|UQ|PK|IX|CHK|CK)_+[0-9A-F]{8,}|0x[0-9a-f]{40}|(?:bc|tb|bcrt|ltc)1[02-9ac-hj-np-z]{38,87}|age1[02-9ac-hj-np-z]{58}|AAAA[BC]3NzaC1[0-9A-Za-z+/]{40,}={0,2}|pub[0-9a-f]{32}|\d{10,13}-[a-z0-9]{32}(?:\.apps\.googleusercontent\.com)?)$/i;

/** The digests of nothing: MD5, SHA-1, SHA-256 in both of its spellings, SHA-512. */
const OF_NOTHING =
  /^(?:d41d8cd98f00b204e9800998ecf8427e|da39a3ee5e6b4b0d3255bfef95601890afd80709|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855|47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=|cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce[0-9a-f]{64})$/i;

/**
 * What a rule of its own judges better: keys of Google, tokens of Mapbox that pages show, keys of Stripe that move no money; the keys of
 * Azure's emulators and of reCAPTCHA for tests, which everybody has (https://developers.google.com/recaptcha/docs/faq); that of Grafana when
 * nobody sets one (https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#secret_key), those of MinIO's playground
 * (https://min.io/docs/minio/linux/reference/minio-mc.html) and the password in Kubernetes' documentation.
 */
const JUDGED =
  /^(?:AIza[\w-]{35}$|pk\.eyJ|[prs]k_test_|Eby8vdM02xNOcqFlqUwJ|C2y6yDjf5\/R\+ob0N8A7C|6LeIxAcTAAAAA(?:JcZVRqyHh71UMIEGNQ_MXjiZKhI|GG-vFI1TnRWxMZNFuojJ4WifJWe)$|SW2YcwTIb9zpOOhoPsMm$|Q3AM3UQ867SPQQA43P2F$|zuf\+tfteSlswRu7BJ86wekitnifILbZam1KYY3TG$|MWYyZDFlMmU2N2Rm$)/;

export const UUID: RegExp = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** As the keys of packagers are named (RFC 9580 §5.5.4): the digest of a public key in capitals, or its last 8 bytes. */
export const FINGERPRINT: RegExp = /^(?:[0-9A-F]{40}|[0-9A-F]{16}|[0-9a-f]{16})$/;
/** As long as the usual digests are, and a commit's id. */
export const DIGEST: RegExp = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
