/** What the descriptions of public addresses share. */
import { Type } from 'typebox';
import { refusals } from '../../http/openapi.ts';

/** What a browser gets, which names `application/xhtml+xml` and no form of JSON. */
export const PAGE = { 'text/html': { schema: Type.String() } };
export const PageQuery = Type.Object({
  lang: Type.Optional(
    Type.String({
      maxLength: 20,
      description: 'Of the page: fr, nl, de or en; else by Accept-Language.',
    }),
  ),
});

export const OfIssuer = Type.Object({ issuer: Type.String({ maxLength: 100 }) });
/** What an issuer publishes under a name. */
export const named = (name: string) =>
  Type.Object({ issuer: Type.String({ maxLength: 100 }), [name]: Type.String({ maxLength: 200 }) });

export const documentSchema = (
  operationId: string,
  summary: string,
  mediaType: string,
  page: Record<string, unknown> = {},
) => ({
  operationId,
  summary,
  tags: ['public addresses'],
  response: {
    200: {
      description: 'The exact bytes',
      content: { [mediaType]: { schema: Type.Any() }, ...page },
    },
    304: Type.Null({ description: 'Unchanged since the version named in If-None-Match' }),
    ...refusals,
  },
});
