/** What is printed: the machine, the tables, and the claims. */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Measured, Spread } from './measure.ts';

export interface Section {
  readonly title: string;
  readonly rows: readonly Measured[];
  readonly aim?: { readonly subject: string; readonly leastRatio: number };
}

export interface Report {
  readonly machine: Readonly<Record<string, string>>;
  readonly postgresql: Readonly<Record<string, string>>;
  readonly method: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
}

const LIBRARIES = [
  '@digitalbazaar/vc',
  '@digitalbazaar/data-integrity',
  '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  'jsonld',
  'fastify',
  'pg',
  'autocannon',
];

export function machine(): Record<string, string> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cpus: String(availableParallelism()),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    ...Object.fromEntries(LIBRARIES.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8')).version;
}

export function asText({ machine, postgresql, method, sections }: Report): string {
  const facts = Object.entries({ machine, postgresql, method }).map(
    ([name, values]) =>
      `${name}\n${Object.entries(values)
        .map(([key, value]) => `  ${key}: ${value}`)
        .join('\n')}`,
  );
  return [...facts, ...sections.map(sectionText), CLAIM].join('\n\n');
}

const CLAIM = 'Only the ratios are claims: rates are those of this machine in this run.';
const HEAD = ['', 'per second', 'ratio', 'p50 / p99 ms', 'CPU ms per operation'];

function sectionText({ title, rows, aim }: Section): string {
  const cells = rows.map(({ name, perSecond, ratio, latencyMs, cpuMs }, at) => [
    name,
    spreadText(perSecond, 0),
    at === 0 ? '1' : spreadText(ratio, 2),
    latencyMs === undefined ? '' : `${latencyMs.p50} / ${latencyMs.p99}`,
    Object.entries(cpuMs)
      .map(([who, value]) => `${who} ${value.toFixed(2)}`)
      .join(', '),
  ]);
  const widths = HEAD.map((_, column) =>
    Math.max(...[HEAD, ...cells].map((row) => row[column]?.length ?? 0)),
  );
  const lines = [HEAD, ...cells].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...lines.map((line) => `  ${line}`), ...aimText(rows, aim)].join('\n');
}

function spreadText({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

function aimText(rows: readonly Measured[], aim: Section['aim']): string[] {
  const ratio = rows.find(({ name }) => name === aim?.subject)?.ratio.median;
  if (aim === undefined || ratio === undefined) return [];
  const verdict = ratio >= aim.leastRatio ? 'met' : 'missed';
  return [`  aim: ${aim.subject} at least ${aim.leastRatio} of the library: ${verdict}`];
}
