export {
  type BadgeText,
  IMAGE_TYPES,
  ImageError,
  MAX_RASTER_BYTES,
} from './image.ts';
export { createImaging, type Imaging } from './imaging.ts';
