/** Real child processes of the service: started, watched, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How a process ended: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly pid: number;
  /** Everything it wrote so far, standard output and errors together. */
  output(): string;
  readonly ended: Promise<Ending>;
  /** Whether it still runs. */
  lives(): boolean;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
}

const children = new Set<Child>();

/** Runs a script of the repository with Node and this environment, nothing inherited but the PATH. */
export function startNode(script: string, environment: Readonly<Record<string, string>>): Child {
  return startCommand(process.execPath, [`${ROOT}${script}`], environment);
}

export function startCommand(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Child {
  const spawned = spawn(command, [...parameters], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const child = watch(spawned);
  children.add(child);
  return child;
}

function watch(spawned: ChildProcess): Child {
  let output = '';
  let lives = true;
  const keep = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  spawned.stdout?.on('data', keep);
  spawned.stderr?.on('data', keep);
  const ended = new Promise<Ending>((resolve, reject) => {
    spawned.once('error', reject);
    spawned.once('exit', () => {
      lives = false;
    });
    spawned.once('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    pid: spawned.pid ?? 0,
    output: () => output,
    ended,
    lives: () => lives,
    end: (signal) => {
      spawned.kill(signal);
      return ended;
    },
  };
}

/** Ends what a test left running. */
export async function endAll(): Promise<void> {
  await Promise.all([...children].map((child) => child.end('SIGKILL')));
  children.clear();
}

/** Waits until a condition holds; throws with what it waited for when it never does. */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
