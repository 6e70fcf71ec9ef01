import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/postgres-server.ts';

const SCRIPT = new URL('../../src/demo/main.ts', import.meta.url).pathname;

function demo(environment: Record<string, string>) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    const child = spawn(process.execPath, [SCRIPT, '--exit'], {
      env: { ...process.env, ...environment },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

describe('npm run demo -- --exit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-demo-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('does the main job, leaves the files, and does it again', async () => {
    const environment = { DATA_DIR: folder, PORT: String(await freePort()) };
    for (const _run of [1, 2]) {
      const { code, output, errors } = await demo(environment);
      expect(errors).toBe('');
      expect(code).toBe(0);
      expect(output).toContain('All 8 signed files were read back and verified: valid');
      expect(output).toContain('proof: The signature does not fit');
      expect(output).toContain('status: The issuer has revoked the credential.');
      const files = readdirSync(join(folder, 'demo')).sort();
      expect(files).toEqual([
        'emma-dubois-revoked.json',
        'emma-dubois-revoked.jwt',
        'lukasz-wisniewski.json',
        'lukasz-wisniewski.jwt',
        'noor-el-amrani.json',
        'noor-el-amrani.jwt',
        'zoe-lefevre-tampered.json',
        'zoe-lefevre-tampered.jwt',
        'zoe-lefevre.json',
        'zoe-lefevre.jwt',
      ]);
    }
    const badge = JSON.parse(readFileSync(join(folder, 'demo', 'zoe-lefevre.json'), 'utf8'));
    expect(badge.credentialSubject.achievement).toMatchObject({
      name: 'Littératie des données de santé',
      achievementType: 'MicroCredential',
      creditsAvailable: 4,
      inLanguage: 'fr',
    });
    for (const file of ['master.key', 'demo-platform.key', 'demo-client.key']) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('ends with another code and the reason when it cannot start', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, errors } = await demo({
      DATA_DIR: join(folder, 'taken'),
      PORT: String(port),
    });
    expect(code).toBe(1);
    expect(errors).toContain('EADDRINUSE');
    await new Promise((resolve) => server.close(resolve));
  });
});
