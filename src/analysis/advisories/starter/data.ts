import type { Severity } from '../../../model/advisory.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';

/** One landmark advisory, as plain facts. */
export interface StarterFact {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly ecosystem: EcosystemId;
  /**
   * Per component: intervals as `introduced..fixed` or `introduced..` (no fix); `=version` for one exact version.
   * `0` is the beginning.
   */
  readonly affected: Readonly<Record<string, readonly string[]>>;
  /** CVSS vector as published; absent where none is. */
  readonly vector?: string;
  /** The publisher's word, where there is no vector. */
  readonly stated?: Severity;
  /** `YYYY-MM-DD`; absent where the source does not say. */
  readonly published?: string;
  readonly malicious?: true;
  /** In our own words. */
  readonly summary: string;
}

/** The day on which these facts were checked against their sources. */
export const STARTER_DATE = '2026-11-21';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N';
const ALL_HIGH = `${V31}/S:U/C:H/I:H/A:H`;
const DOWN = `${V31}/S:U/C:N/I:N/A:H`;

/**
 * A few dozen advisories that everybody has heard of, so that a machine without any data still shows the real thing.
 * Not a database: it says nothing of what it does not list, and an ecosystem is not "checked" by it.
 * Written by hand; identifiers, versions and vectors as published by GitHub, PyPA, the Go project, RustSec, RubySec and FriendsOfPHP.
 */
export const STARTER: readonly StarterFact[] = [
  // npm: flaws
  {
    id: 'GHSA-35jh-r3h4-6jhm',
    aliases: ['CVE-2021-23337'],
    ecosystem: 'npm',
    affected: { lodash: ['0..4.17.21'], 'lodash-es': ['0..4.17.21'] },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H',
    published: '2021-05-06',
    summary: 'lodash: template() runs code from a crafted template variable',
  },
  {
    id: 'GHSA-jf85-cpcp-j695',
    aliases: ['CVE-2019-10744'],
    ecosystem: 'npm',
    affected: { lodash: ['0..4.17.12'], 'lodash-es': ['0..4.17.14'], 'lodash.defaultsdeep': ['0..4.6.1'] },
    vector: `${V31}/S:U/C:N/I:H/A:H`,
    published: '2019-07-10',
    summary: 'lodash: defaultsDeep lets input change the prototype of every object',
  },
  {
    id: 'GHSA-xvch-5gv4-984h',
    aliases: ['CVE-2021-44906'],
    ecosystem: 'npm',
    affected: { minimist: ['0..0.2.4', '1.0.0..1.2.6'] },
    vector: ALL_HIGH,
    published: '2022-03-18',
    summary: 'minimist: crafted arguments change the prototype of every object',
  },
  {
    id: 'GHSA-vh95-rmgr-6w4m',
    aliases: ['CVE-2020-7598'],
    ecosystem: 'npm',
    affected: { minimist: ['0..0.2.1', '1.0.0..1.2.3'] },
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L',
    published: '2020-04-03',
    summary: 'minimist: __proto__ among the arguments is taken as a key',
  },
  {
    id: 'GHSA-wf5p-g6vw-rhxx',
    aliases: ['CVE-2023-45857'],
    ecosystem: 'npm',
    affected: { axios: ['0.8.1..0.28.0', '1.0.0..1.6.0'] },
    stated: 'medium',
    published: '2023-11-08',
    summary: 'axios: the XSRF token is sent to other hosts too',
  },
  {
    id: 'GHSA-jr5f-v2jv-69x6',
    aliases: ['CVE-2025-27152'],
    ecosystem: 'npm',
    affected: { axios: ['0..0.30.0', '1.0.0..1.8.2'] },
    stated: 'high',
    summary: 'axios: an absolute URL overrides the base URL, and credentials go with it',
  },
  {
    id: 'GHSA-cxjh-pqwp-8mfp',
    aliases: ['CVE-2024-28849'],
    ecosystem: 'npm',
    affected: { 'follow-redirects': ['0..1.15.6'] },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N',
    published: '2024-03-14',
    summary: 'follow-redirects: proxy credentials are kept when redirected to another host',
  },
  {
    id: 'GHSA-f82v-jwr5-mffw',
    aliases: ['CVE-2025-29927'],
    ecosystem: 'npm',
    affected: { next: ['12.0.0..12.3.5', '13.0.0..13.5.9', '14.0.0..14.2.25', '15.0.0..15.2.3'] },
    stated: 'high',
    summary: 'Next.js: a request header skips the middleware, and with it authorisation',
  },
  {
    id: 'GHSA-hrpp-h998-j3pp',
    aliases: ['CVE-2022-24999'],
    ecosystem: 'npm',
    affected: {
      qs: [
        '0..6.2.4',
        '6.3.0..6.3.3',
        '6.4.0..6.4.1',
        '6.5.0..6.5.3',
        '6.6.0..6.6.1',
        '6.7.0..6.7.3',
        '6.8.0..6.8.3',
        '6.9.0..6.9.7',
        '6.10.0..6.10.3',
      ],
    },
    vector: DOWN,
    published: '2022-11-27',
    summary: 'qs: a crafted query string changes prototypes and hangs the process',
  },
  {
    id: 'GHSA-c2qf-rxjj-qqgw',
    aliases: ['CVE-2022-25883'],
    ecosystem: 'npm',
    affected: { semver: ['0..5.7.2', '6.0.0..6.3.1', '7.0.0..7.5.2'] },
    vector: DOWN,
    published: '2023-06-21',
    summary: 'semver: a long crafted range takes very long to parse',
  },
  {
    id: 'GHSA-grv7-fg5c-xmjg',
    aliases: ['CVE-2024-4068'],
    ecosystem: 'npm',
    affected: { braces: ['0..3.0.3'] },
    vector: DOWN,
    published: '2024-05-14',
    summary: 'braces: unbalanced braces use up the memory',
  },
  {
    id: 'GHSA-3h5v-q93c-6h6q',
    aliases: ['CVE-2024-37890'],
    ecosystem: 'npm',
    affected: { ws: ['2.1.0..5.2.4', '6.0.0..6.2.3', '7.0.0..7.5.10', '8.0.0..8.17.1'] },
    vector: DOWN,
    published: '2024-06-17',
    summary: 'ws: a request with many headers ends the server',
  },
  {
    id: 'GHSA-72xf-g2v4-qvf3',
    aliases: ['CVE-2023-26136'],
    ecosystem: 'npm',
    affected: { 'tough-cookie': ['0..4.1.3'] },
    vector: `${V31}/S:U/C:L/I:L/A:N`,
    published: '2023-07-01',
    summary: 'tough-cookie: a crafted cookie domain changes the prototype of every object',
  },
  // npm: malicious releases
  {
    id: 'GHSA-mh6f-8j2x-4483',
    aliases: [],
    ecosystem: 'npm',
    affected: { 'event-stream': ['=3.3.6'], 'flatmap-stream': ['0..'] },
    vector: ALL_HIGH,
    published: '2018-11-26',
    malicious: true,
    summary: 'event-stream 3.3.6 brought in flatmap-stream, which stole from a wallet application',
  },
  {
    id: 'GHSA-pjwm-rvh2-c87w',
    aliases: ['CVE-2021-4229'],
    ecosystem: 'npm',
    affected: { 'ua-parser-js': ['=0.7.29', '=0.8.0', '=1.0.0'] },
    published: '2021-10-22',
    malicious: true,
    summary: 'ua-parser-js: three releases from a stolen account installed a miner and stole passwords',
  },
  {
    id: 'GHSA-97m3-w2cp-4xx6',
    aliases: ['CVE-2022-23812'],
    ecosystem: 'npm',
    affected: { 'node-ipc': ['10.1.1..10.1.3'] },
    vector: ALL_HIGH,
    published: '2022-03-16',
    malicious: true,
    summary: 'node-ipc: its author made releases overwrite files by the country of the machine',
  },
  {
    id: 'MAL-2025-46974',
    aliases: ['CVE-2025-59144', 'GHSA-4x49-vf9v-38px', 'GHSA-8mgj-vmr8-frr6'],
    ecosystem: 'npm',
    affected: { debug: ['=4.4.2'] },
    published: '2025-09-08',
    malicious: true,
    summary: 'debug 4.4.2 was released from a stolen account and redirects payments in browsers',
  },
  // PyPI
  {
    id: 'PYSEC-2023-74',
    aliases: ['CVE-2023-32681', 'GHSA-j8r2-6x86-q33q'],
    ecosystem: 'PyPI',
    affected: { requests: ['2.3.0..2.31.0'] },
    published: '2023-05-26',
    summary: 'requests: proxy credentials leak to the destination on an HTTPS redirect',
  },
  {
    id: 'PYSEC-2023-192',
    aliases: ['CVE-2023-43804', 'GHSA-v845-jxx5-vc9f'],
    ecosystem: 'PyPI',
    affected: { urllib3: ['0..1.26.17', '2.0.0..2.0.6'] },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N',
    published: '2023-10-04',
    summary: 'urllib3: cookies set by hand are sent along when redirected to another host',
  },
  {
    id: 'PYSEC-2019-217',
    aliases: ['CVE-2019-10906', 'GHSA-462w-v97r-4m45'],
    ecosystem: 'PyPI',
    affected: { jinja2: ['0..2.10.1'] },
    published: '2019-04-07',
    summary: 'Jinja2: str.format_map leaves the sandbox',
  },
  {
    id: 'GHSA-h5c8-rqwp-cp95',
    aliases: ['CVE-2024-22195'],
    ecosystem: 'PyPI',
    affected: { jinja2: ['0..3.1.3'] },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N',
    published: '2024-01-11',
    summary: 'Jinja2: keys given to the xmlattr filter can add attributes to the page',
  },
  {
    id: 'PYSEC-2021-142',
    aliases: ['CVE-2020-14343', 'GHSA-8q59-q68h-6hv4'],
    ecosystem: 'PyPI',
    affected: { pyyaml: ['0..5.4'] },
    published: '2021-02-09',
    summary: 'PyYAML: full_load and FullLoader run code from an untrusted document',
  },
  {
    id: 'PYSEC-2024-24',
    aliases: ['CVE-2024-23334', 'GHSA-5h86-8mv2-jq9f'],
    ecosystem: 'PyPI',
    affected: { aiohttp: ['1.0.5..3.9.2'] },
    vector: `${V31}/S:U/C:H/I:N/A:N`,
    published: '2024-01-29',
    summary: 'aiohttp: static routes that follow links serve files from outside of their folder',
  },
  // Go
  {
    id: 'GO-2023-2102',
    aliases: ['CVE-2023-39325', 'GHSA-4374-p667-p6c8'],
    ecosystem: 'Go',
    affected: { 'golang.org/x/net': ['0..0.17.0'], stdlib: ['0..1.20.10', '1.21.0-0..1.21.3'] },
    summary: 'HTTP/2 rapid reset: a client that opens and resets streams uses up the server',
  },
  {
    id: 'GO-2024-3321',
    aliases: ['CVE-2024-45337', 'GHSA-v778-237x-gjrc'],
    ecosystem: 'Go',
    affected: { 'golang.org/x/crypto': ['0..0.31.0'] },
    summary: 'x/crypto/ssh: the key that was offered last may not be the one that authenticated',
  },
  {
    id: 'GO-2023-2402',
    aliases: ['CVE-2023-48795', 'GHSA-45x7-px36-x8w8'],
    ecosystem: 'Go',
    affected: { 'golang.org/x/crypto': ['0..0.17.0'] },
    summary: 'Terrapin: somebody in the middle of an SSH connection can drop its first messages',
  },
  {
    id: 'GO-2024-2611',
    aliases: ['CVE-2024-24786', 'GHSA-8r3f-844c-mc37'],
    ecosystem: 'Go',
    affected: { 'google.golang.org/protobuf': ['0..1.33.0'] },
    summary: 'protojson: invalid JSON makes unmarshalling loop for ever',
  },
  // crates.io
  {
    id: 'RUSTSEC-2022-0013',
    aliases: ['CVE-2022-24713', 'GHSA-m5pq-gvj9-9vr8'],
    ecosystem: 'crates.io',
    affected: { regex: ['0.0.0-0..1.5.5'] },
    vector: DOWN,
    published: '2022-03-08',
    summary: 'regex: repetitions of empty expressions take very long to parse',
  },
  {
    id: 'RUSTSEC-2024-0336',
    aliases: ['CVE-2024-32650', 'GHSA-6g7w-8wpp-frhj'],
    ecosystem: 'crates.io',
    affected: { rustls: ['0.0.0-0..0.21.11', '0.22.0..0.22.4', '0.23.0..0.23.5'] },
    vector: DOWN,
    published: '2024-04-19',
    summary: 'rustls: complete_io can loop for ever on what a peer sends',
  },
  {
    id: 'RUSTSEC-2021-0003',
    aliases: ['CVE-2021-25900', 'GHSA-43w2-9j62-hq99'],
    ecosystem: 'crates.io',
    affected: { smallvec: ['0.6.3..0.6.14', '1.0.0..1.6.1'] },
    vector: ALL_HIGH,
    published: '2021-01-08',
    summary: 'smallvec: insert_many writes past the end of its buffer',
  },
  {
    id: 'RUSTSEC-2021-0124',
    aliases: ['CVE-2021-45710', 'GHSA-fg7r-2g4j-5cgr'],
    ecosystem: 'crates.io',
    affected: { tokio: ['0.1.14..1.8.4', '1.9.0..1.13.1'] },
    published: '2021-11-16',
    summary: 'tokio: a data race when a oneshot channel is closed while it sends',
  },
  // Maven
  {
    id: 'GHSA-jfh8-c2jp-5v3q',
    aliases: ['CVE-2021-44228'],
    ecosystem: 'Maven',
    affected: { 'org.apache.logging.log4j:log4j-core': ['0..2.3.1', '2.4..2.12.2', '2.13.0..2.15.0'] },
    vector: `${V31}/S:C/C:H/I:H/A:H`,
    published: '2021-12-10',
    summary: 'Log4Shell: a logged message can load and run code from a remote server',
  },
  {
    id: 'GHSA-7rjr-3q55-vv33',
    aliases: ['CVE-2021-45046'],
    ecosystem: 'Maven',
    affected: { 'org.apache.logging.log4j:log4j-core': ['0..2.12.2', '2.13.0..2.16.0'] },
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H',

    summary: 'Log4j: the first fix of Log4Shell was incomplete',
  },
  {
    id: 'GHSA-p6xc-xr62-6r2g',
    aliases: ['CVE-2021-45105'],
    ecosystem: 'Maven',
    affected: { 'org.apache.logging.log4j:log4j-core': ['0..2.3.1', '2.4.0..2.12.3', '2.13.0..2.17.0'] },
    vector: `${V31}/S:C/C:N/I:N/A:H`,
    published: '2021-12-18',
    summary: 'Log4j: look-ups that refer to themselves never end',
  },
  {
    id: 'GHSA-36p3-wjmg-h94x',
    aliases: ['CVE-2022-22965'],
    ecosystem: 'Maven',
    affected: {
      'org.springframework:spring-beans': ['0..5.2.20.RELEASE', '5.3.0..5.3.18'],
      'org.springframework:spring-webmvc': ['0..5.2.20.RELEASE', '5.3.0..5.3.18'],
      'org.springframework:spring-webflux': ['0..5.2.20.RELEASE', '5.3.0..5.3.18'],
    },
    vector: ALL_HIGH,
    published: '2022-03-31',
    summary: 'Spring4Shell: data binding on Java 9 and later can run code',
  },
  {
    id: 'GHSA-j77q-2qqg-6989',
    aliases: ['CVE-2017-5638'],
    ecosystem: 'Maven',
    affected: { 'org.apache.struts:struts2-core': ['2.3.0..2.3.32', '2.5.0..2.5.10.1'] },
    vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
    published: '2018-10-18',
    summary: 'Struts: a crafted Content-Type header of an upload runs commands',
  },
  {
    id: 'GHSA-57j2-w4cx-62h2',
    aliases: ['CVE-2020-36518'],
    ecosystem: 'Maven',
    affected: { 'com.fasterxml.jackson.core:jackson-databind': ['0..2.12.6.1', '2.13.0..2.13.2.1'] },
    vector: DOWN,
    published: '2022-03-12',
    summary: 'jackson-databind: deeply nested JSON overflows the stack',
  },
  {
    id: 'GHSA-mjmj-j48q-9wg2',
    aliases: ['CVE-2022-1471'],
    ecosystem: 'Maven',
    affected: { 'org.yaml:snakeyaml': ['0..2.0'] },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:L',
    published: '2022-12-12',
    summary: 'SnakeYAML: Constructor builds any type that a document names',
  },
  {
    id: 'GHSA-599f-7c49-w659',
    aliases: ['CVE-2022-42889'],
    ecosystem: 'Maven',
    affected: { 'org.apache.commons:commons-text': ['1.5..1.10.0'] },
    vector: ALL_HIGH,
    published: '2022-10-13',
    summary: 'Text4Shell: interpolated strings can run scripts and call remote servers',
  },
  // RubyGems
  {
    id: 'GHSA-86g5-2wh3-gc9j',
    aliases: ['CVE-2019-5418'],
    ecosystem: 'RubyGems',
    affected: {
      actionview: ['0..4.2.11.1', '4.3..5.0.7.2', '5.1..5.1.6.2', '5.2..5.2.2.1', '5.3..6.0.0.beta3'],
    },
    stated: 'high',
    published: '2019-03-13',
    summary: 'Rails: a crafted Accept header shows any file of the server',
  },
  {
    id: 'GHSA-2p68-f74v-9wc6',
    aliases: ['CVE-2020-8165'],
    ecosystem: 'RubyGems',
    affected: { activesupport: ['0..5.2.4.3', '5.3..6.0.3.1'] },
    stated: 'critical',
    published: '2020-05-18',
    summary: 'Rails: values in memcached and Redis caches may be unmarshalled into any object',
  },
  {
    id: 'GHSA-wq4h-7r42-5hrr',
    aliases: ['CVE-2022-30123'],
    ecosystem: 'RubyGems',
    affected: { rack: ['0..2.0.9.1', '2.1..2.1.4.1', '2.2..2.2.3.1'] },
    stated: 'critical',
    published: '2022-06-27',
    summary: 'Rack: request data that is logged can run commands in a terminal',
  },
  {
    id: 'GHSA-65f5-mfpf-vfhj',
    aliases: ['CVE-2022-44570'],
    ecosystem: 'RubyGems',
    affected: { rack: ['0..2.0.9.2', '2.1..2.1.4.2', '2.2..2.2.6.2', '2.3..3.0.4.1'] },
    stated: 'high',
    published: '2023-01-18',
    summary: 'Rack: a crafted Range header takes very long to parse',
  },
  {
    id: 'GHSA-5h5r-ffc4-c455',
    aliases: ['CVE-2019-13354'],
    ecosystem: 'RubyGems',
    affected: { strong_password: ['0.0.7..0.0.8'] },
    stated: 'critical',
    published: '2019-07-05',
    malicious: true,
    summary: 'strong_password 0.0.7 was released from a stolen account and runs remote code',
  },
  // Packagist
  {
    id: 'CVE-2021-3129',
    aliases: [],
    ecosystem: 'Packagist',
    affected: { 'facade/ignition': ['0..1.16.14', '2.0.0..2.4.2', '2.5.0..2.5.2'] },
    published: '2021-02-18',
    summary: 'Ignition: in debug mode, a request can run code on a Laravel server',
  },
  {
    id: 'CVE-2022-23614',
    aliases: [],
    ecosystem: 'Packagist',
    affected: { 'twig/twig': ['2.0.0..2.14.11', '3.0.0..3.3.8'] },
    published: '2022-02-04',
    summary: 'Twig: the sort filter leaves the sandbox',
  },
  // NuGet
  {
    id: 'GHSA-5crp-9r3c-p9vr',
    aliases: [],
    ecosystem: 'NuGet',
    affected: { 'Newtonsoft.Json': ['0..13.0.1'] },
    stated: 'low',
    published: '2022-06-22',
    summary: 'Newtonsoft.Json: deeply nested JSON overflows the stack',
  },
  {
    id: 'GHSA-ghhp-997w-qr28',
    aliases: ['CVE-2021-26701'],
    ecosystem: 'NuGet',
    affected: { 'System.Text.Encodings.Web': ['4.0.0..4.5.1', '4.6.0..4.7.2', '5.0.0..5.0.1'] },
    vector: ALL_HIGH,
    published: '2021-04-21',
    summary: '.NET: encoding of text can run code',
  },
];
