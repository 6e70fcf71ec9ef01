/** The service on a port of its own, with credentials of every state to look at. */
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { badge, createIssuer, issueProof } from '../../hostile/support/issuer.ts';
import { awardBody, classBody, issuerBody } from '../../support/fixtures/university.ts';
import { freePort } from '../../support/postgres-server.ts';
import { awardTo, expectStatus, makeIssuer, startService } from '../../support/service.ts';

export type Site = Awaited<ReturnType<typeof startSite>>;

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const upload = (name: string, content: string | Buffer): Upload => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(content),
});

export async function startSite() {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const service = await startService({
    engine: 'pglite',
    environment: { PUBLIC_BASE_URL: origin },
  });
  await service.app.listen({ port, host: 'localhost' });

  /** A university, or another issuer made of the members given, with its published class. */
  const makeUniversity = (
    profile: Readonly<Record<string, unknown>> = {},
    definition: Readonly<Record<string, unknown>> = {},
  ) =>
    makeIssuer(service, {
      issuer: { profile: { ...issuerBody, ...profile }, defaultFormats: ['ob3', 'ob3-jwt'] },
      definition: { ...classBody, ...definition },
    });

  async function award(
    key: string,
    number: string,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    const body = awardTo(number, { ...awardBody, ...members });
    const issued = expectStatus(
      await service.call('POST', '/v1/assertions', { key, body }),
      201,
    ).json;
    const signed = await service.call('GET', `${issued.url}.json`, { key: undefined });
    return {
      id: issued.id as string,
      url: issued.url as string,
      file: expectStatus(signed, 200).text,
    };
  }

  async function verdictOf(body: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const report = await service.call('POST', '/v1/verify', { key: undefined, body, headers });
    return expectStatus(report, 200).json.verdict;
  }

  async function revoke(key: string, { id, file }: { id: string; file: string }): Promise<void> {
    const body = { reason: 'Awarded in error' };
    expectStatus(await service.call('POST', `/v1/assertions/${id}/revoke`, { key, body }), 200);
    await vi.waitFor(async () => expect(await verdictOf(file)).toBe('invalid'), {
      timeout: 15_000,
      interval: 250,
    });
  }

  return { origin, service, makeUniversity, award, revoke, close: () => service.close() };
}

/** What people hand in at the verify page, by the verdict they get. */
export async function uploads(valid: string, revoked: string) {
  const issuer = await createIssuer(8, 'did:web:unreachable.invalid');
  const unreachable = JSON.stringify(await issueProof(issuer, badge(issuer.id)));
  return {
    valid: { file: upload('credential.json', valid), verdict: 'valid' },
    tampered: {
      file: upload('tampered.json', valid.replace('Lefèvre 1', 'Lefèvre 2')),
      verdict: 'invalid',
    },
    revoked: { file: upload('revoked.json', revoked), verdict: 'invalid' },
    unreachable: { file: upload('unreachable.json', unreachable), verdict: 'undetermined' },
    broken: { file: upload('broken.json', '{"type": ["VerifiableCred'), verdict: 'invalid' },
  } as const;
}

/** Hands a file in as a person does, through the form. */
export async function submitFile(
  page: Page,
  origin: string,
  file: Upload,
  query = '',
): Promise<void> {
  await page.goto(`${origin}/verify${query}`);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('button[type=submit]').click();
  await page.waitForLoadState();
}
