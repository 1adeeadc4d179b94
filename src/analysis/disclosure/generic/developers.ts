import type { Find, Place } from '../../../model/disclosure.ts';
import { fileClass } from '../engine/place.ts';
import { isMadeOfName, machineBeside } from './beside.ts';
import { CHOSEN, FALLBACK, MOST_CHOSEN, ORDINARY, WEAK } from './weak.ts';

/*
 * What tells a password that every developer of a program has from one that opens something: where it stands, the machine that is named
 * beside it, and where else it stands. A drawn one, of some length, is not asked.
 */

/** Virtual machines that who works on it makes and throws away; settings that are called after development or jobs of CI. */
const OF_DEVELOPMENT =
  /(?:^|[/._-])(?:vagrant|(?:development|local[._-]?dev|dev[._-]?(?:defaults?|settings|credentials|secrets?))(?:[/._-]|$))|(?:^|\/)ci\.\w+$|(?:^|\/)settings[/._-](?:dev|local|test)\.py$/i;
/** Settings that are to be copied. */
const TO_COPY = /(?:^|[/._-])(?:examples?|samples?|dist)(?:\.\w{1,10})?$/i;

/**
 * Files that start a program for who works on it: services of Compose, images and containers to develop in, jobs of CI, machines of Vagrant,
 * what fills a new database, settings of .NET, Spring, Rails and others for this machine, defaults of roles and charts, what installs, requests to try
 * with, and what settings are to be copied from.
 */
const FOR_DEVELOPERS: readonly RegExp[] = [
  /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)[\w.-]*Dockerfile[\w.-]*$|(?:^|\/)\.?(?:docker|docker-compose|devcontainer)\//i,
  /(?:^|\/)\.github\/workflows\/|(?:^|\/)(?:\.gitlab-ci|\.travis|bitbucket-pipelines|appveyor|azure-pipelines)[\w.-]*\.ya?ml$|(?:^|\/)\.circleci\//i,
  OF_DEVELOPMENT,
  TO_COPY,
  /(?:^|\/)\.?env[._-](?:dev|development|local|test|ci)$|[._-](?:template|tpl)(?:\.\w{1,10})?$/i,
  /(?:^|\/)(?:seed|seeds|seeders?)(?:\/|\.\w+$)|Seed(?:er|ers|Data)?\.(?:php|cs|java|kt|rb|[jt]s)$/i,
  /(?:^|\/)(?:launchSettings|local\.settings)\.json$|\.(?:Development|Dev|Local|Docker|Debug)\.(?:json|config|ya?ml|xml|properties)$/i,
  /(?:^|\/)(?:application|bootstrap)-(?:local|dev|develop|development|docker|test)\.(?:ya?ml|properties)$|(?:^|\/)(?:dev|development|local|ci)\.(?:rb|exs|py|[jt]s|json|toml)$|(?:^|(?<!usr)[/._-])local(?:\/|[._-][\w.-]*$)/i,
  /(?:^|\/)defaults\/main\.ya?ml$|(?:^|\/)charts?\/(?:[\w.-]+\/)?values\.ya?ml$/i,
  /(?:^|\/)(?:migrations?|liquibase|changelogs?)\/|(?:^|\/)[\w.-]*(?:schema|init|create|setup|import|demo)[\w.-]*\.sql$/i,
  /(?:^|[/._-])(?:setup|install\w*|bootstrap|init|quickstart|dev)(?:[._-][\w.-]*)?\.(?:sh|bash|ps1|bat|cmd)$/i,
  /\.(?:http|rest|postman_collection\.json|postman_environment\.json|jmx)$/i,
  /(?:^|[/._-])(?:demos?|playground|quickstart|tutorials?|sandbox|workshop|getting-started)(?:[/._-]|$)/i,
  /(?:[a-z]Tests?|(?:^|[/._-])tests?)\.\w{1,10}$/,
];
/** Where it would be no password for tries, whatever it is made of. */
const IN_USE = /(?:^|[/._-])(?:prod|production|live)(?:[/._-]|$)/i;
/** Programs, but for those that are all settings. */
const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|kts|scala|groovy|cs|vb|fs|php|swift|m|cpp|cc|c|h|dart|ex|lua|pl)$/i;
const OF_SETTINGS =
  /(?:settings?|config|configuration|conf|secrets?|credentials?|environment|constants?|database|local)[^/]*$/i;

const isForDevelopers = (path: string): boolean => FOR_DEVELOPERS.some((one) => one.test(path));

const STARTED = 'where a program is started to work on it';
const OF_NAMES = 'made of a name that stands beside it';
const ELSEWHERE = 'beside the address of another machine';
const BESIDE_HERE = 'beside the address of the same machine';
const IN_CODE = 'in a program, beside no address of what it would open';
const COPIED = 'stands in tests, documentation or examples too';

/** A chosen password once its file is known: what everybody tries first, or has, opens nothing that is worth a look but in production. */
export function settleChosen(find: Find, place: Place): Find | undefined {
  const settled = settlePlaced(find, place);
  if (settled.tier !== 'likely') return settled;
  const around = place.around?.();
  const { path = '' } = place;
  if (around !== undefined && isVariable(path, around, find.end - find.start)) return undefined;
  return isSaid(settled, CHOSEN) &&
    !isSaid(settled, ELSEWHERE) &&
    CODE.test(path) &&
    !OF_SETTINGS.test(path) &&
    !IN_USE.test(path)
    ? lowered(settled, IN_CODE)
    : settled;
}

/** The same where nothing but a password stands. */
export function settlePlaced(find: Find, place: Place): Find {
  const { path = '' } = place;
  if (find.tier !== 'likely') return find;
  if (IN_USE.test(path)) {
    // What comes to mind opens nothing from elsewhere even there, where it is for this machine alone.
    const isTry = isSaid(find, WEAK) || isSaid(find, ORDINARY);
    const around = isTry ? place.around?.() : undefined;
    return around !== undefined && machineBeside(around) === 'here' ? lowered(find, BESIDE_HERE) : find;
  }
  if (isSaid(find, WEAK)) return { ...find, tier: 'possible' };
  const length = find.end - find.start;
  const isChosen = isSaid(find, CHOSEN) || isSaid(find, ORDINARY);
  const isDrawn = !isChosen && length >= MOST_CHOSEN;
  if (isDrawn && !OF_DEVELOPMENT.test(path)) return find;
  const around = place.around?.();
  const machine = around === undefined ? undefined : machineBeside(around);
  if (machine === 'elsewhere') return { ...find, reasons: [...find.reasons, ELSEWHERE] };
  if (isDrawn) return lowered(find, STARTED);
  if (machine === 'here') return lowered(find, BESIDE_HERE);
  if (isSaid(find, FALLBACK) || isSaid(find, ORDINARY)) return { ...find, tier: 'possible' };
  if (namesOf(place).some(isForDevelopers)) return lowered(find, STARTED);
  const value = around?.text.slice(around.at, around.at + length) ?? '';
  return isChosen && isMadeOfName(value, path, around) ? lowered(find, OF_NAMES) : find;
}

/** Once all places are known: what tests and documentation have as well is everybody's, and a chosen one that developers have. */
export function settleCopied(find: Find, places: readonly Place[]): Find {
  if (find.tier !== 'likely' || isSaid(find, ELSEWHERE) || places.some(({ path = '' }) => IN_USE.test(path)))
    return find;
  const isMadeUp = (path: string): boolean =>
    /^(?:test|documentation)$/.test(fileClass(path)) ||
    TO_COPY.test(path) ||
    (isSaid(find, CHOSEN) && isForDevelopers(path));
  if (!places.some((place) => namesOf(place).some(isMadeUp))) return find;
  // Of a drawn one nobody has asked so far what it opens.
  const opensOther = places.some((place) => {
    const text = place.around?.();
    return text !== undefined && machineBeside(text) === 'elsewhere';
  });
  return opensOther ? find : lowered(find, COPIED);
}

const isSaid = (find: Find, reason: string): boolean => find.reasons.includes(reason);

/** The path of a file, and of what it was in an archive. */
const namesOf = ({ path = '', within }: Place): readonly string[] => [
  path,
  ...within.flatMap((step) => /^(?:zip|tar|ar): ([^]*?)(?:, line \d+)?$/.exec(step)?.[1] ?? []),
];

/** Without quotes, what a program gives is a variable: `user.Secret = secretBase32`. */
const isVariable = (path: string, { text, at }: { text: string; at: number }, length: number): boolean =>
  /\.(?:go|java|kt|cs|[cm]?[jt]sx?|rs|swift|scala|py|rb|dart)$/i.test(path) &&
  /^[A-Za-z_]\w*$/.test(text.slice(at, at + length)) &&
  /(?:^|\n)\s*[\w.[\]]+ {0,8}:?= {0,8}$/.test(text.slice(Math.max(0, at - 200), at)) &&
  /^\s*(?:$|\n|;|\/\/|#)/.test(text.slice(at + length, at + length + 8));

const lowered = (find: Find, why: string): Find => ({
  ...find,
  tier: 'possible',
  reasons: [...find.reasons, why],
});
