// query-osv-offline.mjs MODULE FOLDER NAMES: CPU milliseconds a query of @renovatebot/osv-offline-db, its loading left out, as JSON.
// FOLDER holds npm.nedb; NAMES is a JSON array in a file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [module, folder, names] = process.argv.slice(2);
process.env.OSV_OFFLINE_ROOT_DIR = folder;
const { OsvOfflineDb } = createRequire(import.meta.url)(module);
const cpu = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};
const db = await OsvOfflineDb.create();
const loaded = cpu();
const asked = JSON.parse(readFileSync(names, 'utf8'));
const started = process.cpuUsage();
let records = 0;
for (const name of asked) records += (await db.query('npm', name)).length;
console.log(
  JSON.stringify({
    queries: asked.length,
    cpuMs: cpu(started),
    loadMs: loaded,
    records,
    peakKiB: process.resourceUsage().maxRSS,
  }),
);
