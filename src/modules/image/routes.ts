import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { issuerAddresses } from '../../core/address.ts';
import type { IssuerId } from '../../core/id.ts';
import { callerOf } from '../../http/auth.ts';
import { refusals } from '../../http/openapi.ts';
import {
  FeedQuery,
  feedRequest,
  pageSchema,
  query,
  sendPage,
  sendResource,
} from '../../http/resource.ts';
import { IMAGE_TYPES, MAX_RASTER_BYTES } from '../../imaging/index.ts';
import { ImageView } from './schema.ts';
import type { ImageService, StoredImage } from './service.ts';

const tags = ['images'];

function toView(image: StoredImage, baseUrl: string) {
  return {
    id: image.digest,
    url: issuerAddresses(baseUrl, image.issuerId).image(image.digest),
    mediaType: image.mediaType,
    width: image.width,
    height: image.height,
    bytes: image.size,
    origin: image.drawn ? ('drawn' as const) : ('uploaded' as const),
    createdAt: image.createdAt.toISOString(),
  };
}

export function imageRoutes(
  service: ImageService,
  baseOf: (issuerId: IssuerId) => Promise<string>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(ImageView);
    const view = async (image: StoredImage) => toView(image, await baseOf(image.issuerId));
    // Pictures are taken as bytes and nothing else is taken here.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      [...IMAGE_TYPES],
      { parseAs: 'buffer', bodyLimit: MAX_RASTER_BYTES },
      async (_request: unknown, body: Buffer) => body,
    );

    app.post(
      '/v1/images',
      {
        bodyLimit: MAX_RASTER_BYTES,
        schema: {
          operationId: 'uploadImage',
          summary: 'Upload a PNG, JPEG or SVG for an issuer or a class',
          description:
            'The body is the picture: PNG or JPEG of at most 1 MiB and 4096 pixels a side, SVG of at most 256 KiB. It is decoded and written anew without metadata, an SVG without anything that runs or loads. The same picture again is answered with 200.',
          tags,
          body: {
            content: Object.fromEntries(
              IMAGE_TYPES.map((type) => [
                type,
                { schema: Type.Unsafe<Buffer>({ description: 'The bytes of the picture.' }) },
              ]),
            ),
          },
          response: { 200: Type.Ref('Image'), 201: Type.Ref('Image'), ...refusals },
        },
      },
      async (request, reply) => {
        const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const mediaType = String(request.headers['content-type']).split(';')[0]?.trim() ?? '';
        const upload = { bytes, mediaType: mediaType.toLowerCase() };
        const { image, created } = await service.upload(callerOf(request), upload);
        const location = `/v1/images/${image.digest}`;
        reply.code(created ? 201 : 200).header('location', location);
        return sendResource(reply, await view(image), undefined);
      },
    );

    app.get(
      '/v1/images',
      {
        schema: {
          operationId: 'listImages',
          summary: 'List images: uploaded ones, and those drawn for classes without one',
          tags,
          querystring: query(FeedQuery),
          response: { 200: pageSchema(Type.Ref('Image')), ...refusals },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const page = await service.list(caller, feedRequest(request.query));
        const base = caller.issuerId === undefined ? '' : await baseOf(caller.issuerId);
        return sendPage(request, reply, page, (image) => toView(image, base));
      },
    );

    app.get(
      '/v1/images/:id',
      {
        schema: {
          operationId: 'getImage',
          summary: 'Read what an image is',
          tags,
          params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }),
          response: { 200: Type.Ref('Image'), ...refusals },
        },
      },
      async (request, reply) => {
        const image = await service.get(callerOf(request), request.params.id);
        return sendResource(reply, await view(image), undefined);
      },
    );
  };
}
