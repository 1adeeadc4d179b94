import { expect, test } from 'vitest';
import { calledAfter } from './called.ts';

test.each([
  ['/home/somebody/work/app', 'app'],
  ['/home/somebody/app.git', 'app'],
  ['/home/somebody/app/.git', 'app'],
  ['/srv/mirror/app.git/', 'app'],
  ['/srv/app-1.0.tar.gz', 'app-1.0.tar.gz'],
  ['C:\\Users\\somebody\\app', 'app'],
  ['/', '/'],
])('%s is called %s', (path, name) => {
  expect(calledAfter(path)).toBe(name);
});
