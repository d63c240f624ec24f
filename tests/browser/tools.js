// Packages of npm, which lie outside the checkout where RIKASTE_BROWSER_TOOLS names a folder for them.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.env.RIKASTE_BROWSER_TOOLS ?? import.meta.dirname;

/** `npm ci` in `tests/browser` or in that folder brings them. */
export const require = createRequire(join(folder, 'package.json'));

/** What of these packages is not installed. */
export function notInstalled(...packages) {
  return packages.filter((name) => {
    try {
      return !require.resolve(name);
    } catch {
      return true;
    }
  }).map((name) => `no package ${name} in ${folder} (npm ci)`);
}

/** False where nothing lacks; else why `what` is skipped. With `CI=true` that is a failure, and no reason to skip. */
export function skipped(what, lacking) {
  if (!lacking.length) return false;
  const reason = `${what}: skipped: ${lacking.join(', ')}`;
  if (process.env.CI === 'true') throw new Error(reason);
  console.log(reason);
  return reason;
}
