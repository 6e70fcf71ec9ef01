import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { start } from '../../src/main.ts';
import { freePort } from '../support/postgres-server.ts';

/** The shell commands of the tour, without those that start the service and name its key. */
function tourCommands(): string {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const tour = readme.split('## Five-minute tour')[1]?.split('\n## ')[0] ?? '';
  const blocks = [...tour.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  return blocks
    .join('\n')
    .split('\n')
    .filter((line) => !/^(npm ci|export (API|KEY)=)/.test(line))
    .join('\n');
}

function run(script: string, folder: string, environment: Record<string, string>) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env: { ...process.env, ...environment },
    });
    let output = '';
    shell.stdout.on('data', (data) => {
      output += data;
    });
    shell.stderr.on('data', (data) => {
      output += data;
    });
    shell.on('close', (code) => resolve({ code, output }));
  });
}

it('the five-minute tour of the README does what it says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-readme-'));
  const port = String(await freePort());
  let platformKey = '';
  const service = await start(
    loadConfig({ PORT: port, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' }),
    {
      onPlatformKey: (key) => {
        platformKey = key;
      },
    },
  );
  try {
    const { code, output } = await run(tourCommands(), folder, {
      API: `http://localhost:${port}`,
      KEY: platformKey,
    });
    expect(output.trim().split('\n')).toEqual([
      'published',
      'valid',
      'valid',
      'invalid',
      'revoked',
      'invalid',
    ]);
    expect(code).toBe(0);
  } finally {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
