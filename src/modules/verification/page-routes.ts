/** The verify page for people at a browser: a form, and the report in words. It keeps nothing and runs nothing. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../core/errors.ts';
import { chosenLanguage, preferredLanguages, sendHtml } from '../../http/page.ts';
import { PAGE_HEADERS } from '../../pages/headers.ts';
import { chooseLanguage } from '../../pages/language.ts';
import type { ShownReport } from '../../pages/report/report.ts';
import type { FormState } from '../../pages/verify/form.ts';
import {
  EMPTY_FORM,
  type FaultCode,
  MAX_ADDRESS_LENGTH,
  type Recipient,
  type Request,
  readForm,
} from '../../pages/verify/input.ts';
import {
  formPage,
  type Refusal,
  refusalPage,
  reportPage,
  type VerifyPage,
} from '../../pages/verify/page.ts';
import { FORM_TYPES, MAX_FORM_BYTES, readFormBody } from './form-body.ts';

interface Options {
  readonly recipient?: Recipient;
}

/** What the page asks of the verifier. A bad credential is a report; rejects only with AppError `verifier-busy`. */
export interface PageVerifier {
  verify(body: Uint8Array, options?: Options): Promise<ShownReport>;
  /** Fetches the credential through the guarded client; an address that gives nothing is a report too. */
  verifyAddress(address: string, options?: Options): Promise<ShownReport>;
}

export interface VerificationPageNeeds {
  readonly service: PageVerifier;
  /** Part of the path before ours where the service stands below one; no trailing slash. */
  readonly root?: string;
}

const PRIVATE = { ...PAGE_HEADERS, 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };

export function verificationPageRoutes({
  service,
  root = '',
}: VerificationPageNeeds): FastifyPluginAsyncTypebox {
  const pageOf = (request: FastifyRequest): VerifyPage => ({
    root,
    reader: chooseLanguage(preferredLanguages(request), chosenLanguage(request)),
  });

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      FORM_TYPES,
      { parseAs: 'buffer', bodyLimit: MAX_FORM_BYTES },
      async (_request: unknown, body: Buffer) => body,
    );
    app.setErrorHandler((error: FastifyError, request, reply) =>
      sendRefusal(error, pageOf(request), request, reply),
    );

    // Showing the form fetches nothing: a crawler, a preview or a prefetch never makes us ask anybody.
    app.get(
      '/verify',
      { config: { public: true }, schema: { hide: true } },
      async (request, reply) => {
        const address = prefilled(request);
        const state = { values: { ...EMPTY_FORM, address }, faults: [] };
        const headers =
          address === '' ? { ...PAGE_HEADERS, 'cache-control': 'public, max-age=300' } : PRIVATE;
        return sendHtml(reply, formPage(pageOf(request), state), headers);
      },
    );

    app.post(
      '/verify',
      {
        config: { public: true },
        bodyLimit: MAX_FORM_BYTES,
        schema: { hide: true },
      },
      async (request, reply) => {
        const page = pageOf(request);
        const form = await readFormBody(bytesOf(request), request.headers['content-type'] ?? '');
        if (form === undefined) {
          return sendForm(reply.code(400), page, faultyForm('form-unreadable'));
        }
        const read = readForm(form);
        if ('faults' in read) {
          return sendForm(reply.code(422), page, { values: form, faults: read.faults });
        }
        const report = await verified(read.request);
        return sendHtml(reply, reportPage(page, report, read.request), PRIVATE);
      },
    );
  };

  async function verified(request: Request): Promise<ShownReport> {
    const { recipient } = request;
    const options = recipient === undefined ? {} : { recipient };
    return request.kind === 'file'
      ? service.verify(request.bytes, options)
      : service.verifyAddress(request.address, options);
  }
}

function bytesOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

/** The address a link from elsewhere brings along. Verifying it takes a press of the button. */
function prefilled({ query }: FastifyRequest): string {
  const { url } = (query ?? {}) as { url?: unknown };
  return typeof url === 'string' && url.length <= MAX_ADDRESS_LENGTH ? url.trim() : '';
}

function faultyForm(code: FaultCode): FormState {
  return { values: EMPTY_FORM, faults: [{ code, field: 'file' }] };
}

function sendForm(reply: FastifyReply, page: VerifyPage, state: FormState): FastifyReply {
  return sendHtml(reply, formPage(page, state), PRIVATE);
}

const UNREADABLE: Readonly<Record<string, { readonly status: number; readonly fault: FaultCode }>> =
  {
    FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, fault: 'file-too-large' },
    FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, fault: 'form-unreadable' },
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, fault: 'form-unreadable' },
  };

/** A page for whatever kept the request from being verified. The cause of a fault of ours stays in the log. */
function sendRefusal(
  error: FastifyError | AppError,
  page: VerifyPage,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const unreadable = UNREADABLE[error.code];
  if (unreadable !== undefined) {
    return sendForm(reply.code(unreadable.status), page, faultyForm(unreadable.fault));
  }
  const refuse = (status: number, refusal: Refusal) =>
    sendHtml(reply.code(status), refusalPage(page, refusal), PRIVATE);
  if (error instanceof AppError && error.kind === 'malformed') {
    return sendForm(reply.code(400), page, faultyForm('form-unreadable'));
  }
  if (error instanceof AppError && error.kind === 'unavailable') {
    const { retryAfterSeconds = DEFAULT_WAIT_SECONDS } = error.details;
    reply.header('retry-after', String(retryAfterSeconds));
    if (error.code === 'rate-limited') {
      return refuse(429, { kind: 'slowDown', retryAfterSeconds });
    }
    request.log.warn({ code: error.code }, 'unavailable');
    return refuse(503, { kind: 'busy', retryAfterSeconds });
  }
  request.log.error({ err: error }, 'unexpected error');
  return refuse(500, { kind: 'fault' });
}

const DEFAULT_WAIT_SECONDS = 60;
