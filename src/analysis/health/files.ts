/** Files that people keep for tests, examples or other people's code: what they say is not said of the project. */
const ASIDE =
  /(?:^|\/)(?:[^/]*\{\{[^/]*|examples?[-_][^/]*|[^/]*[-_]examples?|contrib|templates?|tests?|__tests__|spec|fixtures?|testdata|examples?|samples?|demos?|vendor|third[-_]party|node_modules|docs?)(?:\/|$)/i;
/** Other people's licences that are passed on with the project. */
const OTHERS = /third|3rd|vendor|depend|notice|bundled/i;
const LICENCE_FILE = /^(?:un)?licen[cs]es?(?:[-._].*)?$|^copying(?:[-._].*)?$/i;
const NOT_TEXT =
  /\.(?:js|ts|tsx|mjs|cjs|py|rb|go|rs|java|php|json|ya?ml|toml|html?|css|sh|svg|png|tmpl|lock)$/i;
const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|go|rs|java|kt|scala|php|cs|fs|c|h|cc|cpp|hpp|swift|dart|ex|exs|erl|hs|ml|clj|lua|pl|pm|sh|ps1)$/i;

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a path lies where tests, examples or other people's code are kept. */
export function isAside(path: string): boolean {
  return ASIDE.test(path);
}

/** Folders at the top that hold what a project works with itself, and nobody takes. */
const HELPERS = /^(?:\.[^/]+|utils?|tools?|scripts?|hack|ci)\//i;

/** Whether a manifest says nothing of the project itself: it lies aside, or with the project's own helpers. */
export function isNotOwnManifest(path: string): boolean {
  return isAside(path) || HELPERS.test(path);
}

/** The licence files of the top folder and of `LICENSES/` (REUSE); without those that hold other people's licences. */
export function ownLicenceFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const folder = path.lastIndexOf('/') === -1 ? '' : path.slice(0, path.lastIndexOf('/'));
    if (/^licenses$/i.test(folder)) return /\.(?:txt|md)$/i.test(path);
    return folder === '' && LICENCE_FILE.test(path) && !NOT_TEXT.test(path) && !OTHERS.test(path);
  });
}

/** Licence files deeper in the tree, tests and other people's code left out. */
export function nestedLicenceFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const name = baseOf(path);
    return (
      path !== name && LICENCE_FILE.test(name) && !NOT_TEXT.test(name) && !OTHERS.test(name) && !isAside(path)
    );
  });
}

/** Folders for those who pay: `ee/` and its like, not below tests or documents. Sorted. */
export function enterpriseFolders(paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const match = /^((?:[^/]+\/){0,3}?(?:ee|enterprise|commercial))\//i.exec(path);
    if (match !== null && !isAside(path)) found.add(match[1]!);
  }
  return [...found].sort();
}

/** Code that is no test and no example: what a reader of the package would have to read. */
export function codeFiles(paths: readonly string[]): readonly string[] {
  return paths.filter(
    (path) =>
      CODE.test(path) &&
      !isAside(path) &&
      !/[._-](?:test|spec|bench)\.[^.]+$|(?:^|\/)test[^/]*\.[^.]+$/i.test(path),
  );
}

const PAPERS =
  /^(?:readme|contributing|governance|charter|maintainers|authors|notice|cla|dco|trademark|security|code_of_conduct)(?:[-._].*)?$/i;
const AGREEMENTS =
  /(?:^|[-_./])(?:cla|dco|clabot|icla|ccla|contributor[-_]?(?:license|licence|assignment)[-_]?agreement)(?:[-_./]|$)/i;

/** Texts that cards read, besides licence files: papers at the top or in `.github/` and `docs/`, mailmap, CLA and DCO files, workflows. */
export function paperFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    if (path === '.mailmap') return true;
    const folder = path.slice(0, path.length - baseOf(path).length);
    if (folder === '.github/workflows/') return /\.ya?ml$/.test(path);
    if (folder !== '' && folder !== '.github/' && folder !== 'docs/') return false;
    return PAPERS.test(baseOf(path)) || AGREEMENTS.test(baseOf(path));
  });
}

/** Whether a file's name says that it is a contributor agreement or a DCO setting. */
export function isAgreementName(path: string): boolean {
  return AGREEMENTS.test(baseOf(path));
}

/** Most nested licence files that are read; the count of all is always known. */
const MAX_NESTED = 200;

/** Every path that should be read for the cards, each once, in the order of `paths`. */
export function wantedTexts(paths: readonly string[]): readonly string[] {
  const wanted = new Set([
    ...ownLicenceFiles(paths),
    ...nestedLicenceFiles(paths).slice(0, MAX_NESTED),
    ...paperFiles(paths),
  ]);
  return paths.filter((path) => wanted.has(path));
}
