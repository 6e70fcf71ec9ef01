/** How a route tells a person at a browser from a program, and what every page is answered with. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** Forms for programs; the bare types of the W3C and of JOSE among them. */
const FOR_PROGRAMS = /[/+]json$|^application\/(vc|vc\+jwt|jwt)$/;

/**
 * Whether the request is a browser's: it names `application/xhtml+xml`, as browsers do and libraries do not,
 * and no form of JSON. A program that names both HTML and JSON, or anything at all, gets JSON.
 */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const named = new Negotiator({ headers }).mediaTypes();
  return named.includes('application/xhtml+xml') && !named.some((type) => FOR_PROGRAMS.test(type));
}

/** The language tags of a reader, best first. */
export function preferredLanguages({ headers }: Pick<FastifyRequest, 'headers'>): string[] {
  return new Negotiator({ headers }).languages().filter((tag) => tag !== '*');
}

/** The value of `?lang=`, where there is one. */
export function chosenLanguage(request: Pick<FastifyRequest, 'query'>): string | undefined {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  return typeof lang === 'string' ? lang : undefined;
}

/** Sends a page that was rendered. */
export function sendHtml(
  reply: FastifyReply,
  html: string,
  headers: Readonly<Record<string, string>>,
): FastifyReply {
  return reply
    .headers(headers)
    .type('text/html; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(html);
}
