/** The npm name that an import asks for; `undefined` for relative paths, URLs, `#imports`, Node's own modules and what no package can be called. */
export function npmNameOf(specifier: string): string | undefined {
  // webpack: `loader!module`, `~module` in style sheets, `module?raw` in Vite.
  const bang = specifier.lastIndexOf('!');
  let text = bang === -1 ? specifier : specifier.slice(bang + 1);
  if (text.startsWith('npm:')) text = text.slice(4);
  const query = text.search(/[?]/);
  if (query !== -1) text = text.slice(0, query);
  if (text === '' || text.length > 500 || text.includes(':') || /^[./#~\\]/.test(text)) return undefined;
  const parts = text.split('/');
  const scoped = text.startsWith('@');
  const name = scoped ? `${parts[0]}/${parts[1] ?? ''}` : parts[0]!;
  if (!NAME.test(name)) return undefined;
  return !scoped && NODE_MODULES.has(name) ? undefined : name;
}

/** What npm lets a package be called, old names with capitals included. */
const NAME = /^(?:@[a-z0-9~._-]{1,100}\/)?[A-Za-z0-9][\w.~-]{0,213}$/;

/** Modules of Node.js that are also reached without `node:`. https://nodejs.org/api/module.html#modulebuiltinmodules */
const NODE_MODULES: ReadonlySet<string> = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https ' +
    'inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty url util ' +
    'v8 vm wasi worker_threads zlib'
  ).split(' '),
);

/** `@types/a__b` holds the types of `@a/b`. */
export function typesOf(name: string): string | undefined {
  if (!name.startsWith('@types/')) return undefined;
  const bare = name.slice('@types/'.length);
  const scope = bare.indexOf('__');
  return scope === -1 ? bare : `@${bare.slice(0, scope)}/${bare.slice(scope + 2)}`;
}

/**
 * Distributions of PyPI that hold modules which are called otherwise, by module. Plain facts, from each project's own documentation;
 * several where several distributions give the module.
 */
const DISTRIBUTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    attr: 'attrs',
    bs4: 'beautifulsoup4',
    crypto: 'pycryptodome pycrypto',
    cryptodome: 'pycryptodomex',
    cv2: 'opencv-python opencv-python-headless opencv-contrib-python',
    dateutil: 'python-dateutil',
    docx: 'python-docx',
    dotenv: 'python-dotenv',
    fitz: 'pymupdf',
    git: 'gitpython',
    github: 'pygithub',
    gi: 'pygobject',
    jose: 'python-jose',
    jwt: 'pyjwt',
    ldap: 'python-ldap',
    magic: 'python-magic',
    memcache: 'python-memcached',
    mpl_toolkits: 'matplotlib',
    mysqldb: 'mysqlclient',
    openssl: 'pyopenssl',
    pil: 'pillow',
    pkg_resources: 'setuptools',
    pptx: 'python-pptx',
    psycopg2: 'psycopg2 psycopg2-binary',
    rest_framework: 'djangorestframework',
    corsheaders: 'django-cors-headers',
    debug_toolbar: 'django-debug-toolbar',
    django_filters: 'django-filter',
    serial: 'pyserial',
    skimage: 'scikit-image',
    sklearn: 'scikit-learn',
    slugify: 'python-slugify unicode-slugify',
    socks: 'pysocks',
    telegram: 'python-telegram-bot',
    usb: 'pyusb',
    websocket: 'websocket-client',
    yaml: 'pyyaml',
    zmq: 'pyzmq',
    'google.protobuf': 'protobuf',
    'ruamel.yaml': 'ruamel-yaml',
    flask_sqlalchemy: 'flask-sqlalchemy',
    win32api: 'pywin32',
    win32con: 'pywin32',
  }).map(([module, names]) => [module, names.split(' ')]),
);

/** Distributions that a dotted module may come from, PEP 503 names: by table, then by the convention that both are called alike. */
export function distributionsOf(module: string): readonly string[] {
  const found = new Set<string>();
  const parts = module.toLowerCase().split('.');
  for (let length = Math.min(parts.length, 4); length > 0; length--) {
    const prefix = parts.slice(0, length);
    for (const name of DISTRIBUTIONS.get(prefix.join('.')) ?? []) found.add(name);
    found.add(prefix.join('-').replaceAll(/[_.-]+/g, '-'));
  }
  return [...found];
}

/** Whether every module of a distribution is known to us: then one that is imported nowhere is worth telling. */
export function isModuleCertain(distribution: string): boolean {
  return TABLED.has(distribution) || ALIKE.has(distribution);
}

const TABLED: ReadonlySet<string> = new Set([...DISTRIBUTIONS.values()].flat());

/** Widely used distributions with one module, called as they are. */
const ALIKE: ReadonlySet<string> = new Set(
  (
    'aiohttp arrow bcrypt bleach boto boto3 botocore cachetools celery certifi chardet click colorama cryptography defusedxml django fabric fastapi ' +
    'feedparser flask future gevent graphene html5lib httplib2 httpx humanize idna inflection iso8601 itsdangerous jinja2 jmespath jsonschema keyring ' +
    'kombu lxml mako markdown markupsafe marshmallow matplotlib mock msgpack networkx nltk numpy oauthlib openpyxl pandas paramiko passlib pendulum ' +
    'pexpect polib psutil pyasn1 pycparser pydantic pygments pymongo pyparsing pytz redis regex requests retrying rsa scipy seaborn selenium ' +
    'sentry-sdk simplejson six sqlalchemy starlette statsd structlog sympy tabulate tenacity termcolor toml toolz tornado tqdm unidecode urllib3 uvicorn ' +
    'voluptuous webob werkzeug wrapt wtforms xlrd xlsxwriter xmltodict'
  ).split(' '),
);

/** Modules of Python itself that distributions of the same name once back-ported: an import of them says nothing. */
export const BACKPORTED: ReadonlySet<string> = new Set(
  'argparse asyncio configparser contextvars dataclasses enum functools futures graphlib importlib ipaddress pathlib ssl statistics tomllib typing unittest uuid wsgiref zoneinfo'.split(
    ' ',
  ),
);
