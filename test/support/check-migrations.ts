/** Fails when the tables in the code say something that no migration does. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const copy = mkdtempSync(join(tmpdir(), 'microcert-migrations-'));
try {
  cpSync('migrations', copy, { recursive: true });
  const options = ['--dialect', 'postgresql', '--schema', './src/store/tables/index.ts'];
  execFileSync('drizzle-kit', ['generate', ...options, '--out', copy, '--name', 'missing'], {
    stdio: 'pipe',
  });
  const added = readdirSync(copy).filter((name) => !readdirSync('migrations').includes(name));
  if (added.length > 0) {
    process.stderr.write(
      'The tables differ from the migrations: run npm run migrations:generate.\n',
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
