import type { DisclosureRule, Find, Window } from '../../../../model/disclosure.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { alphabetOf, BASE64, runEnd } from '../form/alphabets.ts';
import { assignedRules } from '../form/assigned.ts';
import { lookOf } from '../form/placeholders.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { tokenRule } from '../form/token.ts';

const AZURE: Issuer = {
  provider: 'Microsoft Azure',
  advice:
    'Regenerate the key in the portal (the second key keeps things running), then look through the activity log.',
  revokePage: 'https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage',
};
const ENTRA: Issuer = {
  provider: 'Microsoft Entra ID',
  advice: 'Remove the client secret of the app registration, then look through the sign-in logs.',
  revokePage: 'https://learn.microsoft.com/en-us/entra/identity-platform/quickstart-register-app',
};
const DEVOPS: Issuer = {
  provider: 'Azure DevOps',
  advice: 'Revoke the personal access token in the user settings.',
  revokePage: 'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/admin-revoke-user-pats',
};

/** `AccountKey=` of storage and Cosmos DB (64 bytes), `SharedAccessKey=` of Service Bus, Event Hubs and IoT hubs (32 bytes). */
const SIZES: ReadonlyMap<number, string> = new Map([
  [88, '64 bytes in base64, as the keys of a storage account or Cosmos DB'],
  [44, '32 bytes in base64, as the keys of Service Bus, Event Hubs and IoT hubs'],
]);

function findAccountKey({ text, end }: Window): readonly Find[] {
  const start = end + /^["'\s]{0,3}/.exec(text.slice(end, end + 3))![0].length;
  let stop = runEnd(text, start, Math.min(text.length, start + 100), BASE64);
  while (text[stop] === '=' && stop - start < 88) stop++;
  const key = text.slice(start, stop);
  const size = SIZES.get(key.length);
  const bytes = decodeBase64(key);
  if (size === undefined || bytes === undefined || lookOf(key) === 'made-up') return [];
  if (EMULATORS.some((published) => key.startsWith(published))) return [];
  const tier = lookOf(key) === 'patterned' ? 'possible' : 'likely';
  return [{ start, end: stop, tier, reasons: [`it stands in a connection string, and has ${size}`] }];
}

/**
 * The keys of the emulators of storage (`devstoreaccount1`) and of Cosmos DB, the same on every machine and documented.
 * https://learn.microsoft.com/en-us/azure/cosmos-db/emulator#authentication
 */
const EMULATORS = ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDX', 'C2y6yDjf5/R+ob0N8A7Cgv30VRDJIW'];

const URL_CHARACTERS = alphabetOf('0-9A-Za-z%._~+/=-');

/** A shared access signature: `sig=` in the query of an address, 32 bytes in percent-encoded base64. */
function findSignature({ text, start, end }: Window): readonly Find[] {
  const stop = runEnd(text, end, Math.min(text.length, end + 160), URL_CHARACTERS);
  const bytes = decodeBase64(
    text.slice(end, stop).replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '='),
  );
  const query = text.slice(Math.max(0, start - 600), Math.min(text.length, stop + 400));
  if (
    bytes?.length !== 32 ||
    lookOf(text.slice(end, stop)) === 'made-up' ||
    !/[?&;](?:amp;)?s[vep]=/.test(query)
  )
    return [];
  const reasons = ['the signature of a shared access address: 32 bytes beside its version and permissions'];
  // https://learn.microsoft.com/en-us/rest/api/storageservices/create-user-delegation-sas
  const isDelegated = /[?&;](?:amp;)?skoid=/.test(query);
  if (isDelegated) reasons.push('signed with a key that is good for seven days at most');
  const tier = isDelegated || lookOf(text.slice(end, stop)) === 'patterned' ? 'possible' : 'likely';
  return [{ start: end, end: stop, tier, reasons }];
}

export const azureRules: readonly DisclosureRule[] = [
  {
    ...rest(AZURE),
    id: 'azure-account-key',
    title: 'Azure account key',
    keywords: ['accountkey=', 'sharedaccesskey='],
    find: findAccountKey,
  },
  {
    ...rest(AZURE),
    id: 'azure-shared-access-signature',
    title: 'Azure shared access signature',
    keywords: ['&sig=', '?sig=', ';sig='],
    find: findSignature,
    advice:
      'Regenerate the account key that signed it, or remove its stored access policy; a signature cannot be revoked alone.',
  },
  tokenRule({
    ...ENTRA,
    id: 'azure-ad-client-secret',
    title: 'Microsoft Entra client secret',
    marks: ['7Q~', '8Q~', '0Q~', '1Q~', '2Q~', '3Q~', '4Q~', '5Q~', '6Q~', '9Q~'],
    body: alphabetOf('0-9A-Za-z_~.-'),
    least: 31,
    lead: { body: alphabetOf('0-9A-Za-z_~.-'), least: 3, most: 4 },
    pattern: /[0-9A-Za-z_~.-]{3}[0-9]Q~[0-9A-Za-z_~.-]{31,34}(?![0-9A-Za-z_~.-])/y,
    varies: 6,
    reason: 'the mark in its middle, its alphabet and length',
  }),
  tokenRule({
    ...AZURE,
    id: 'azure-identifiable-key',
    title: 'Azure key (84 characters, with its issuer in it)',
    marks: ['JQQJ99'],
    body: BASE64,
    least: 24,
    lead: { body: BASE64, least: 52, most: 53 },
    pattern: /[0-9A-Za-z+/]{52}JQQJ99[0-9A-Za-z+/]{26}(?![0-9A-Za-z+/])/y,
    varies: 0,
    reason: 'the mark that Microsoft puts at the 53rd character of its keys, and their length',
  }),
  tokenRule({
    ...AZURE,
    id: 'azure-identifiable-key-old',
    title: 'Azure key with its issuer in it (container registry, search, functions, API management, …)',
    marks: ['+ACR', 'AzSe', 'AzFu', 'AzCa', '+ASt', 'ACDb', '+ABa', 'AIoT', 'AEhS', 'APIM', '+AMC'],
    body: BASE64,
    least: 6,
    lead: { body: BASE64, least: 32, most: 77 },
    pattern:
      /(?:[0-9A-Za-z+/]{76}(?:\+ASt|ACDb|APIM|\+ABa|\+AMC)[0-9A-Za-z+/]{5}[AQgw]==|[0-9A-Za-z+/]{33}(?:AIoT|\+ASb|\+AEh|\+ARm|AzCa)[0-9A-Za-z+/]{5}=|[0-9A-Za-z+/]{42}(?:\+ACR|AzSe|AzFu)[0-9A-Za-z+/]{6}(?![0-9A-Za-z+/=])|[0-9A-Za-z]{44}AzFu[0-9A-Za-z+/_-]{5}[AQgw]==)/y,
    varies: 0,
    reason: 'the mark of its issuer at its place, and its length',
  }),
  tokenRule({
    ...DEVOPS,
    id: 'azure-devops-pat',
    title: 'Azure DevOps personal access token',
    marks: ['AZDO'],
    body: BASE64,
    least: 4,
    lead: { body: BASE64, least: 76, most: 77 },
    pattern: /[0-9A-Za-z+/]{76}AZDO[0-9A-Za-z+/]{4}(?![0-9A-Za-z+/])/y,
    varies: 0,
    reason: 'the mark of its issuer at its place, and its length',
  }),
  ...assignedRules(DEVOPS, [
    {
      id: 'azure-devops-pat-old',
      title: 'Azure DevOps personal access token',
      names: ['azure_devops', 'azuredevops', 'azure-devops', 'vsts', 'system_accesstoken'],
      shapes: ['<b36 52>'],
    },
  ]),
];

function rest(
  issuer: Issuer,
): Pick<DisclosureRule, 'kind' | 'provider' | 'advice'> & { readonly revokePage?: string } {
  return { kind: 'credential', ...issuer };
}
