import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/environment.ts';
import { readCompose, readText } from '../support/compose.ts';

const compose = readCompose();
const services = Object.entries(compose.services);
const ours = services.filter(([name]) => name !== 'database');
/** The instructions of the Dockerfile, continued lines joined. */
const instructions = readText('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [name = '', ...rest] = line.trim().split(/\s+/);
    return { name, text: rest.join(' ') };
  });
const textsOf = (wanted: string) =>
  instructions.filter(({ name }) => name === wanted).map(({ text }) => text);
const lastStage = instructions.slice(instructions.map(({ name }) => name).lastIndexOf('FROM'));

describe('The image', () => {
  it('is made from one pinned version of Node, that of the package', () => {
    const { devDependencies } = JSON.parse(readText('package.json'));
    const [first, second, ...more] = textsOf('FROM');
    expect(first).toBe(`node:${devDependencies.node}-bookworm-slim AS dependencies`);
    expect(second).toBe(`node:${devDependencies.node}-bookworm-slim`);
    expect(more).toEqual([]);
  });

  it('holds the source, the migrations and the packages of production, and nothing else', () => {
    const copied = textsOf('COPY').map((text) => text.split(' ').slice(0, -1));
    expect(copied).toEqual([
      ['package.json', 'package-lock.json', '.npmrc'],
      ['--from=dependencies', '/app/node_modules'],
      ['package.json'],
      ['migrations'],
      ['src'],
    ]);
    const sources = [...new Set(copied.filter(([flag]) => !flag?.startsWith('--')).flat())];
    for (const source of sources)
      expect(existsSync(new URL(`../../${source}`, import.meta.url)), source).toBe(true);
    const ignore = readText('.dockerignore').trim().split('\n');
    expect(ignore).toEqual(['*', ...ignore.slice(1).filter((line) => line.startsWith('!'))]);
    expect(
      ignore
        .slice(1)
        .map((line) => line.slice(1))
        .sort(),
    ).toEqual(sources.sort());
    expect(textsOf('RUN')[0]).toContain('"npm", "ci", "--omit=dev"');
  });

  it('runs no script on installing: no package of production brings one', () => {
    const { packages } = JSON.parse(readText('package-lock.json'));
    const scripted = Object.entries<Record<string, unknown>>(packages)
      .filter(([, entry]) => entry['hasInstallScript'] === true && entry['dev'] !== true)
      .map(([name]) => name);
    expect(scripted).toEqual([]);
  });

  it('is not root, starts without a shell, ends on SIGTERM and says whether it lives', () => {
    const names = lastStage.map(({ name }) => name);
    expect(textsOf('USER')).toEqual(['node']);
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('CMD'));
    expect(textsOf('CMD')).toEqual(['["node", "src/main.ts"]']);
    for (const text of textsOf('RUN')) expect(() => JSON.parse(text)).not.toThrow();
    expect(textsOf('STOPSIGNAL')).toEqual(['SIGTERM']);
    const [health = ''] = textsOf('HEALTHCHECK');
    expect(JSON.parse(health.slice(health.indexOf('[')))[0]).toBe('node');
    expect(pathsAskedFor(health)).toEqual(['/health']);
    const env = [...(textsOf('ENV')[0] ?? '').matchAll(/(\w+)=/g)].map((match) => match[1]);
    expect(env.filter((name) => name !== 'NODE_ENV' && !SETTINGS.includes(name ?? ''))).toEqual([]);
  });
});

/** The paths a health check asks for, all of which the description of the API has. */
function pathsAskedFor(check: string): string[] {
  const { paths } = JSON.parse(readText('openapi/management.json'));
  const asked = [...check.matchAll(/http:\/\/127\.0\.0\.1:[^/]+(\/\w+)/g)].map(
    (match) => match[1] ?? '',
  );
  for (const path of asked) expect(Object.keys(paths)).toContain(path);
  return asked;
}

describe('docker-compose.yml', () => {
  it('sets what there is to be set, and no secret in an environment', () => {
    for (const [name, { environment = {}, secrets = [] }] of services) {
      for (const [variable, value] of Object.entries(environment)) {
        if (name !== 'database') expect(SETTINGS, name).toContain(variable);
        expect(
          variable.endsWith('_FILE') ||
            !/URL$|KEY|PASSWORD|SECRET|TOKEN/.test(variable) ||
            variable === 'PUBLIC_BASE_URL',
          variable,
        ).toBe(true);
        expect(value).not.toMatch(/:\/\/[^/]*@/);
        if (!variable.endsWith('_FILE')) continue;
        expect(secrets, `${name} ${variable}`).toContain(value.replace('/run/secrets/', ''));
      }
      for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
    }
    expect(compose.services.api.environment?.['PUBLIC_BASE_URL']).toMatch(
      /^\$\{PUBLIC_BASE_URL:\?/,
    );
  });

  it('gives no service a secret it does not need', () => {
    const given = Object.fromEntries(
      services.map(([name, { secrets = [] }]) => [name, [...secrets].sort()]),
    );
    expect(given).toEqual({
      api: ['admin_key', 'database_url', 'master_key'],
      worker: ['database_url', 'master_key'],
      migrate: ['migration_database_url'],
      database: ['database_url', 'migration_database_url', 'postgres_password'],
    });
  });

  it('pins every image', () => {
    const { version } = JSON.parse(readText('package.json'));
    for (const [name, { image }] of ours) expect(image, name).toBe(`microcert:${version}`);
    expect(compose.services.database.image).toMatch(/^postgres:18\.\d+-bookworm$/);
  });

  it.each(services)('%s can do nothing but its work', (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(service.cap_add).toBeUndefined();
    expect(service.privileged).toBeUndefined();
    expect(service.user === undefined || !/^(0|root)/.test(service.user)).toBe(true);
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.logging?.options).toHaveProperty('max-size');
    expect(service.restart).toMatch(/^(unless-stopped|on-failure:\d+)$/);
  });

  it('lets only the API out, publishes only the API, and only to the proxy on the same machine', () => {
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const [name, { networks, ports = [] }] of services) {
      expect(networks, name).toEqual(name === 'api' ? ['inside', 'outside'] : ['inside']);
      expect(ports, name).toEqual(name === 'api' ? ['127.0.0.1:8080:8080'] : []);
    }
  });

  it('starts in order: the database, its schema, then the service', () => {
    const healthy = { condition: 'service_healthy' };
    const migrated = { condition: 'service_completed_successfully' };
    expect(compose.services.migrate.depends_on).toEqual({ database: healthy });
    for (const name of ['api', 'worker'] as const) {
      const { depends_on, environment } = compose.services[name];
      expect(depends_on).toEqual({ database: healthy, migrate: migrated });
      expect(environment?.['MIGRATE_AT_START']).toBe('false');
    }
    for (const name of ['api', 'worker'] as const) {
      const { healthcheck, environment } = compose.services[name];
      const check = String(healthcheck?.test);
      expect(pathsAskedFor(check), name).toEqual(['/ready']);
      const port = name === 'api' ? environment?.['PORT'] : environment?.['METRICS_PORT'];
      expect(check, name).toContain(`127.0.0.1:${port}/`);
    }
    for (const { command = ['node', 'src/main.ts'] } of ours.map(([, service]) => service)) {
      expect(existsSync(new URL(`../../${command[1]}`, import.meta.url)), command[1]).toBe(true);
    }
  });

  it('keeps its secrets out of Git and of the image', () => {
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    expect(readText('.gitignore').split('\n')).toContain('secrets/');
    expect(readText('.dockerignore')).not.toContain('secrets');
  });
});

describe('The README', () => {
  it('names every setting', () => {
    const table = readText('README.md').split('\n## Configuration\n')[1]?.split('\n## ')[0] ?? '';
    expect(SETTINGS.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });
});
