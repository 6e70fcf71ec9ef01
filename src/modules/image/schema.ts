import { Type } from 'typebox';
import { oneOf } from '../../core/schema.ts';
import { IMAGE_TYPES } from '../../imaging/index.ts';

export const ImageView = Type.Object(
  {
    id: Type.String({ description: 'SHA-256 of the bytes that are served, in base64url.' }),
    url: Type.String({ description: 'Public address of exactly these bytes.' }),
    mediaType: oneOf(IMAGE_TYPES),
    width: Type.Integer({ description: 'Pixels; of an SVG its own units.' }),
    height: Type.Integer(),
    bytes: Type.Integer({ description: 'Size of what is served.' }),
    origin: oneOf(['uploaded', 'drawn'], {
      description: 'Whether it was uploaded or drawn by the service for a class without an image.',
    }),
    createdAt: Type.String(),
  },
  { $id: 'Image' },
);
