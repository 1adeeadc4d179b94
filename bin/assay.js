#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `assay: needs Node 22.22 or later; this is ${process.versions.node}. In a checkout, \`npm run assay -- …\` brings its own.\n`,
  );
  process.exit(2);
}
// Most scans are over before optimised code has paid for its making: V8 is to take longer before it thinks a function hot,
// and then to compile it on the thread that waits for it. 20 % less CPU for a thousand components, 15 % for thirty thousand.
// Flags that a later V8 does not know it would complain of: only those that this was measured on get them.
if (major <= 24)
  process
    .getBuiltinModule('node:v8')
    .setFlagsFromString(
      '--no-concurrent-recompilation --invocation-count-for-maglev=8000 --invocation-count-for-maglev-osr=2000 --invocation-count-for-turbofan=30000 --invocation-count-for-osr=4000',
    );
process.getBuiltinModule('node:module').createRequire(import.meta.url)('../dist/start.cjs');
