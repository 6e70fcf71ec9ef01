/** The public addresses as pages for people: language, rendering and headers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Base64Url } from '../../core/digest.ts';
import { chosenLanguage, preferredLanguages } from '../../http/page.ts';
import type { ProblemPage } from '../../http/problem.ts';
import { PAGE_HEADERS } from '../../pages/headers.ts';
import { chooseLanguage, type Reader } from '../../pages/language.ts';
import { problemPage } from '../../pages/problem.ts';
import { send } from './answer.ts';

export interface PageRequest {
  readonly reader: Reader;
  readonly path: string;
  readonly root: string;
}

/** Who reads, by `?lang=` or else by `Accept-Language`. */
export function readerOf(request: FastifyRequest): Reader {
  return chooseLanguage(preferredLanguages(request), chosenLanguage(request));
}

/** `baseUrl`: the public base address the page stands under. */
export function pageRequest(request: FastifyRequest, baseUrl: string): PageRequest {
  return { reader: readerOf(request), path: request.url, root: rootOf(baseUrl) };
}

/** Part of the path before ours, where the service stands below one. */
function rootOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '');
}

export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  html: string,
  caching: string,
): FastifyReply {
  // A document may be read from every site; a page is for the person it was sent to.
  reply.removeHeader('access-control-allow-origin');
  reply.removeHeader('access-control-expose-headers');
  reply.headers(PAGE_HEADERS).header('content-language', readerOf(request).language);
  const document = { body: html, digest: sha256Base64Url(html) };
  return send(request, reply, document, 'text/html; charset=utf-8', caching);
}

/** A refusal as a page, for every address of the service under its own base. */
export function problemPages(baseUrl: string): ProblemPage {
  return (request, status) => ({
    html: problemPage({ status, requestId: request.id }, pageRequest(request, baseUrl)),
    headers: { ...PAGE_HEADERS, 'x-robots-tag': 'noindex' },
  });
}
