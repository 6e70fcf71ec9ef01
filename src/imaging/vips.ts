/** The image library, with all of its readers shut but the three that are needed. */
import sharp from 'sharp';

// Nothing is kept between pictures, and one picture gets one core.
sharp.cache(false);
sharp.concurrency(1);
// A file that calls itself a PNG must not find the reader of some rarer format.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadSvg'],
});

export { sharp };
