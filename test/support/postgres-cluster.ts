/** PostgreSQL clusters of the machine's own packages, which come with pg_dump: the test server's package does not. */
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './postgres-server.ts';

const PACKAGES = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore', 'pg_basebackup'];

/** The folder of the newest complete set of tools for version 15 or later; absent where none is installed. */
export function findTools(): string | undefined {
  if (!existsSync(PACKAGES)) return undefined;
  return readdirSync(PACKAGES)
    .filter((version) => Number(version) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(PACKAGES, version, 'bin'))
    .find((folder) => NEEDED.every((tool) => existsSync(join(folder, tool))));
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>;

/** Starts a cluster on a free port, a new one or, in recovery until its log ends, one from a copy of another's files. */
export async function startCluster(tools: string, copy?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-cluster-'));
  const data = copy ?? join(folder, 'data');
  const port = await freePort();
  const run = runner(tools, folder);
  if (copy === undefined) {
    await run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C.UTF-8', '-N']);
  } else {
    writeFileSync(join(copy, 'recovery.signal'), '');
  }
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c restore_command=false`;
  await run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    /** Runs a tool of PostgreSQL as the user of the server. */
    run,
    /** A folder that the server's user may write to. */
    folder,
    stop: async () => {
      await run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then its tools run as the user that its packages made. */
function runner(tools: string, folder: string) {
  const asRoot = process.getuid?.() === 0;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  const user = asRoot ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o755);
  return async (tool: string, parameters: readonly string[]): Promise<void> => {
    await promisify(execFile)(join(tools, tool), [...parameters], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      ...user,
    });
  };
}
