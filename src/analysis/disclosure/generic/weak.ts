import type { Find, Place } from '../../../model/disclosure.ts';
import { surpriseOf } from './token.ts';

/** What a password is made of that everybody tries first, whatever stands around it. */
const TRIED = /passwo|passwd|contrase|motdepasse|changeme|letmein|qwerty|trustno1|iloveyou/;
/** Words that make one with no more than a few digits and signs behind them: `Admin@123`, `test1234!`. */
const TRIED_ALONE =
  /admin|administrator|root|test|user|demo|guest|welcome|default|local|docker|secret|super|master|hello|postgres|mysql|oracle|mongo|redis|sql|harbor|jenkins|gitlab|nexus|sonar|grafana|minio|rabbit|elastic|kibana|zabbix|tomcat|keycloak|vagrant|ansible|nacos|wordpress|drupal|joomla|laravel|pass|pwd|new|my|customer|support|manager|staff|student|teacher|employee|client|member|owner|editor/g;
/** Characters beside such words, and of digits and signs alone. */
const FEW = 5;
const FEW_SIGNS = 8;

/** Letters that digits and signs stand for: `P@ssw0rd`. */
const READ_AS: ReadonlyMap<string, string> = new Map(
  ['4a', '@a', '0o', '3e', '1i', '!i', '5s', '$s', '7t'].map((pair) => [pair[0]!, pair[1]!]),
);

/** Said of a find whose value is such a one. */
export const WEAK = 'made of words that everybody tries first';

/** Whether a password is one of those that lists begin with, as examples and databases of developers have: `P@ssw0rd1!`. */
export function isTriedFirst(value: string): boolean {
  const plain = value.toLowerCase();
  const read = Array.from(plain, (sign) => READ_AS.get(sign) ?? sign).join('');
  // `Pass@word`: the sign stands for nothing.
  if (TRIED.test(read) || TRIED.test(plain.replaceAll(/[^a-z0-9]/g, ''))) return true;
  const rest = plain.replaceAll(TRIED_ALONE, '');
  return rest.length < plain.length && rest.length <= (/[a-z]/.test(rest) ? FEW : FEW_SIGNS);
}

/** Bits a pair. Of words with a number or a sign behind them 4 to 6, of what is drawn, or typed as if, 8 and more. */
const DRAWN = 7;

/** Whether a password may have been drawn: neither of usual pairs of letters nor one that everybody tries. */
export const looksDrawn = (value: string): boolean => surpriseOf(value) >= DRAWN && !isTriedFirst(value);

/** Said of a find whose value is made of usual pairs, so that it is worth less where developers start things for themselves. */
export const CHOSEN = 'of usual pairs of letters';

/**
 * Files that start a program for who works on it: services of Compose, containers to develop in, jobs of CI, machines of Vagrant, what
 * fills a new database, settings of .NET and Spring for this machine, requests to try with, and what settings are to be copied from.
 */
const FOR_DEVELOPERS =
  /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)\.devcontainer\/|(?:^|\/)\.github\/workflows\/|(?:^|\/)(?:\.gitlab-ci|\.travis|bitbucket-pipelines|appveyor|azure-pipelines)[\w.-]*\.ya?ml$|(?:^|\/)\.circleci\/|(?:^|\/)Vagrantfile$|(?:^|\/)\.?env[._-](?:example|sample|dist|template|dev|development|local|test|ci)$|\.(?:example|sample|dist|template)$|(?:^|\/)docker-compose\/|(?:^|\/)(?:seed|seeds|seeders?)(?:\/|\.\w+$)|Seed(?:er|ers|Data)?\.(?:php|cs|java|kt|rb|[jt]s)$|(?:^|\/)(?:appsettings\.(?:Development|Local)|launchSettings|local\.settings)\.json$|(?:^|\/)application-local\.(?:ya?ml|properties)$|\.(?:http|rest|postman_collection\.json)$/i;
/** Where it would be no password for tries, whatever it is made of. */
const IN_USE = /(?:^|[/._-])(?:prod|production|live)(?:[/._-]|$)/i;

/** A chosen password once its file is known: what everybody tries first opens nothing that is worth a look but in production. */
export function settleChosen(find: Find, { path = '' }: Place): Find {
  if (find.tier !== 'likely' || IN_USE.test(path)) return find;
  if (find.reasons.includes(WEAK)) return { ...find, tier: 'possible' };
  if (find.reasons.includes(CHOSEN) && FOR_DEVELOPERS.test(path))
    return {
      ...find,
      tier: 'possible',
      reasons: [...find.reasons, 'where a program is started to work on it'],
    };
  return find;
}
