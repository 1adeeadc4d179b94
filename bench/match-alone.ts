import { readFileSync } from 'node:fs';
import { codec } from '../src/adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../src/adapters/advisories/folder.ts';
import { matchComponent } from '../src/analysis/advisories/match.ts';
import { ecosystemOf } from '../src/analysis/ecosystems/index.ts';
import { openAdvisories } from '../src/verbs/know/advisories.ts';
import type { Locked } from './lockfile-synthetic.ts';

/*
 * `node bench/match-alone.ts DB COMPONENTS`: CPU of opening the index and matching every npm component of a JSON file once, cold.
 */
const [db, components] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(components!, 'utf8')) as Locked[];
const scheme = ecosystemOf('npm').versions;
const started = process.cpuUsage();
const { store, close } = openAdvisories(openAdvisoryFolder(db!), codec);
let hits = 0;
for (const { name, version } of asked)
  hits += matchComponent(store, 'npm', name, version, scheme).hits.length;
const { user, system } = process.cpuUsage(started);
close();
console.log(JSON.stringify({ queries: asked.length, cpuMs: (user + system) / 1000, hits }));
