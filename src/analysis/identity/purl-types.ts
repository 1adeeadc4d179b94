interface Lower {
  readonly namespace?: true;
  readonly name?: true;
  readonly version?: true;
  readonly subpath?: true;
}

/** What a purl type asks of its parts beyond the grammar. Absent means: optional, kept as it is. */
export interface PurlTypeRules {
  readonly namespace?: 'required' | 'prohibited';
  /** Parts that are case-insensitive, so that lower case is canonical. */
  readonly lower?: Lower;
  /** Qualifier keys that must be there. */
  readonly requires?: readonly string[];
  /** The canonical spelling of a name (after lower-casing), where case is not all of it. */
  readonly spellName?: (name: string, namespace: string, qualifiers: ReadonlyMap<string, string>) => string;
  /** The namespace is one segment, a host, and everything after it is the name. */
  readonly hostThenPath?: true;
  /** Why a name or version is not one of this type; `undefined` when it is. */
  readonly refuse?: (name: string, version: string) => string | undefined;
}

const NAMESPACE_AND_NAME: Lower = { namespace: true, name: true };

/**
 * The registered purl types that have a rule; a type that is not here follows the grammar alone.
 * Written from the type definitions at https://github.com/package-url/purl-spec/tree/main/types
 */
const rules: readonly (readonly [type: string, rules: PurlTypeRules])[] = [
  ['alpm', { namespace: 'required', lower: NAMESPACE_AND_NAME }],
  ['apk', { namespace: 'required', lower: NAMESPACE_AND_NAME }],
  ['bazel', { namespace: 'prohibited' }],
  ['bitbucket', { namespace: 'required', lower: NAMESPACE_AND_NAME }],
  ['bitnami', { namespace: 'prohibited', lower: { name: true } }],
  ['brew', { lower: NAMESPACE_AND_NAME }],
  ['cargo', { namespace: 'prohibited' }],
  ['chrome-extension', { namespace: 'prohibited', lower: { name: true }, refuse: refuseChromeExtension }],
  ['cocoapods', { namespace: 'prohibited' }],
  ['composer', { namespace: 'required', lower: NAMESPACE_AND_NAME }],
  ['conda', { namespace: 'prohibited' }],
  ['cpan', { refuse: refuseCpanModule }],
  ['cran', { namespace: 'prohibited' }],
  ['deb', { namespace: 'required', lower: NAMESPACE_AND_NAME }],
  ['gem', { namespace: 'prohibited' }],
  ['git', { namespace: 'required', hostThenPath: true, spellName: spellGit }],
  ['github', { namespace: 'required', lower: NAMESPACE_AND_NAME }],
  ['golang', { namespace: 'required' }],
  ['hackage', { namespace: 'prohibited', spellName: (name) => name.replaceAll('_', '-') }],
  ['hex', { lower: NAMESPACE_AND_NAME }],
  ['huggingface', { namespace: 'required', lower: { version: true } }],
  ['julia', { namespace: 'prohibited', requires: ['uuid'] }],
  ['luarocks', { lower: NAMESPACE_AND_NAME }],
  ['maven', { namespace: 'required' }],
  ['mlflow', { namespace: 'prohibited', spellName: spellMlflow }],
  ['nuget', { namespace: 'prohibited' }],
  ['oci', { namespace: 'prohibited', lower: { name: true, version: true } }],
  ['opam', { namespace: 'prohibited' }],
  ['otp', { namespace: 'prohibited', lower: { name: true, subpath: true } }],
  [
    'pub',
    {
      namespace: 'prohibited',
      lower: { name: true },
      spellName: (name) => name.replaceAll(/[^a-z0-9_]/g, '_'),
    },
  ],
  [
    'pypi',
    {
      namespace: 'prohibited',
      lower: { name: true, version: true },
      spellName: (name) => name.replaceAll('_', '-'),
    },
  ],
  ['qpkg', { namespace: 'required', lower: { namespace: true } }],
  ['rpm', { namespace: 'required', lower: { namespace: true } }],
  ['swid', { requires: ['tag_id'] }],
  ['swift', { namespace: 'required' }],
  ['vcpkg', { namespace: 'prohibited' }],
  ['vscode-extension', { namespace: 'required', lower: { namespace: true, name: true, version: true } }],
  ['yocto', { lower: { namespace: true } }],
];

/** Rules by type. A Map, so that a hostile type such as `constructor` finds nothing. */
export const purlTypeRules: ReadonlyMap<string, PurlTypeRules> = new Map(rules);

function refuseChromeExtension(name: string, version: string): string | undefined {
  if (!/^[a-p]{32}$/.test(name)) return 'a Chrome extension is named by 32 letters from a to p';
  if (version !== '' && !/^\d+(?:\.\d+){0,3}$/.test(version))
    return 'expected one to four numbers as version';
  return undefined;
}

function refuseCpanModule(name: string): string | undefined {
  return name.includes('::') ? 'a CPAN purl names a distribution (A-B), not a module (A::B)' : undefined;
}

/** Databricks' registries ignore case, Azure's do not: the server decides. */
function spellMlflow(name: string, _namespace: string, qualifiers: ReadonlyMap<string, string>): string {
  return qualifiers.get('repository_url')?.includes('databricks') === true ? name.toLowerCase() : name;
}

/** Paths on these hosts ignore case; elsewhere a repository's path is as its host spells it. */
function spellGit(name: string, namespace: string): string {
  return /^(?:github|bitbucket)(?:\.com|\.org)?$/i.test(namespace) ? name.toLowerCase() : name;
}
