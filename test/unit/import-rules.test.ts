import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** One import that each rule forbids: the file it is planted in, and what is planted. */
const PLANTED: Readonly<Record<string, readonly (readonly [file: string, text: string])[]>> = {
  'core-is-pure': [['src/core/planted.ts', "import '../store/db.ts';"]],
  'core-digest-only-hashes': [['src/core/digest.ts', "import './id.ts';"]],
  'formats-are-pure': [['src/formats/planted.ts', "import 'fastify';"]],
  'pages-are-pure': [['src/pages/planted.ts', "import '../store/db.ts';"]],
  'signing-sees-formats-and-core': [['src/signing/planted.ts', "import '../outbound/index.ts';"]],
  'store-sees-core': [['src/store/planted.ts', "import '../signing/seal.ts';"]],
  'outbound-sees-core': [['src/outbound/planted.ts', "import '../store/db.ts';"]],
  'imaging-sees-core': [['src/imaging/planted.ts', "import '../store/db.ts';"]],
  'http-is-a-toolkit': [['src/http/planted.ts', "import '../modules/issuer/index.ts';"]],
  'telemetry-watches': [['src/telemetry/planted.ts', "import '../store/db.ts';"]],
  'metrics-behind-ports': [['src/http/planted.ts', "import 'prom-client';"]],
  'jobs-is-a-toolkit': [['src/jobs/planted.ts', "import '../store/db.ts';"]],
  'network-only-through-outbound': [['src/store/network.ts', "import 'node:https';"]],
  'services-are-transport-free': [['src/modules/key/service.ts', "import 'fastify';"]],
  'sql-lives-in-repositories': [['src/app.ts', "import 'drizzle-orm';"]],
  'routes-call-services': [['src/modules/assertion/routes.ts', "import './repository.ts';"]],
  'publication-cannot-sign': [
    ['src/modules/publication/service.ts', "import '../../signing/seal.ts';"],
  ],
  'enter-modules-by-the-front-door': [
    ['src/modules/issuer/service.ts', "import '../key/service.ts';"],
  ],
  'private-keys-in-one-room': [['src/store/keys.ts', "import 'node:crypto';"]],
  'env-is-read-once': [
    [
      'src/modules/issuer/settings.ts',
      "import { loadConfig } from '../../config.ts'; loadConfig({});",
    ],
  ],
  'wiring-in-one-place': [
    ['src/modules/issuer/wiring.ts', "import { wire } from '../../wire.ts'; void wire;"],
  ],
  'no-cycles': [
    ['src/core/planted-a.ts', "import { b } from './planted-b.ts'; export const a = () => b;"],
    ['src/core/planted-b.ts', "import { a } from './planted-a.ts'; export const b = () => a;"],
  ],
  'no-test-code-in-src': [
    ['test/planted.ts', 'export const planted = 1;'],
    ['src/planted.ts', "import '../test/planted.ts';"],
  ],
  'no-dev-deps-in-src': [['src/planted.ts', "import 'knip';"]],
};
const RULES: readonly string[] = require('../../.dependency-cruiser.cjs').forbidden.map(
  ({ name }: { name: string }) => name,
);

/** Names of the rules that a folder breaks. */
async function broken(folder: string): Promise<string[]> {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const options = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await run(process.execPath, [cruiser, ...options], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout);
  return [...new Set<string>(summary.violations.map(({ rule }: any) => rule.name))].sort();
}

describe('The import rules', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'microcert-rules-'));
    for (const name of ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('each have an import that they forbid', () => {
    expect(Object.keys(PLANTED).sort()).toEqual([...RULES].sort());
  });

  it('hold for the source, and every one fires on a forbidden import', async () => {
    expect(await broken(folder)).toEqual([]);
    for (const [file, text] of Object.values(PLANTED).flat()) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      appendFileSync(join(folder, file), `\n${text}\n`);
    }
    expect(await broken(folder)).toEqual([...RULES].sort());
  });
});
