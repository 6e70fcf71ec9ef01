/**
 * SVG made harmless. The tree is parsed without any loading or running, tidied, cleaned by DOMPurify, held
 * against the lists once more and written anew; doing all of it again must change nothing.
 */
import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import { type CleanImage, ImageError, MAX_WRITTEN_BYTES } from '../image.ts';
import { cleanRaster } from '../raster.ts';
import { refuseOversized, refuseUnsafe, type SvgSize, sizeOf } from './check.ts';
import { refuseDeep } from './depth.ts';
import { ATTRIBUTES, ELEMENTS, isTame, isTameReference, SVG_NAMESPACE } from './vocabulary.ts';

/** Opening and closing tags of as many elements as are allowed, with comments; counted before parsing. */
const MAX_ANGLES = 20_000;
const MAX_EMBEDDED = 4;
const EMBEDDED = { minSide: 1, maxSide: 2048 };
const XLINK = 'http://www.w3.org/1999/xlink';

// Without options jsdom runs no script and loads nothing.
const { window } = new JSDOM('');
const purifier = createDOMPurify(window);
purifier.addHook('uponSanitizeAttribute', (element, data) => {
  const tame =
    data.attrName === 'xmlns' ||
    (data.attrName === 'href'
      ? isTameReference(element.localName, data.attrValue)
      : isTame(data.attrValue));
  if (!tame) data.keepAttr = false;
});

/** Whether bytes read as an XML document whose first element could be `svg`. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return /^(\xef\xbb\xbf)?\s*</.test(start) && /<([A-Za-z]\w*:)?svg[\s>/]/.test(start);
}

export async function cleanSvg(bytes: Uint8Array): Promise<CleanImage> {
  const text = textOf(bytes);
  const once = await pass(text).catch(asRefusal);
  const twice = await pass(once.text).catch(asRefusal);
  if (twice.text !== once.text) {
    throw new ImageError('unsafe', 'The SVG reads differently each time it is read.');
  }
  const written = Buffer.from(once.text, 'utf8');
  if (written.length > MAX_WRITTEN_BYTES) {
    throw new ImageError('too-large', 'The SVG takes too much room once it is written anew.');
  }
  return { mediaType: 'image/svg+xml', ...once.size, bytes: written };
}

/** Libraries that give up on a hostile file throw whatever they like. */
function asRefusal(error: unknown): never {
  if (error instanceof ImageError || error instanceof RangeError) throw error;
  throw new ImageError('broken', 'The SVG cannot be read.', error);
}

function textOf(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ImageError('broken', 'An SVG is written in UTF-8.', cause);
  }
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (declared !== undefined && !/^(utf-8|us-ascii)$/i.test(declared)) {
    throw new ImageError('broken', 'An SVG is written in UTF-8.');
  }
  // Entities can grow without bound and read files; nothing in a picture needs a document type.
  if (/<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) {
    throw new ImageError(
      'unsafe',
      'The SVG has a document type or entities; take the DOCTYPE out.',
    );
  }
  if (text.split('<', MAX_ANGLES + 1).length > MAX_ANGLES) {
    throw new ImageError('too-complex', 'The SVG has too many elements.');
  }
  refuseDeep(text);
  return text;
}

async function pass(text: string): Promise<{ text: string; size: SvgSize }> {
  const parsed = parse(text);
  refuseOversized(parsed);
  const root = tidy(parsed);
  await rewriteEmbedded(root);
  purifier.sanitize(root, {
    IN_PLACE: true,
    // In XML names keep their case, which the profiles of the library do not know.
    PARSER_MEDIA_TYPE: 'application/xhtml+xml',
    NAMESPACE: SVG_NAMESPACE,
    ALLOWED_TAGS: [...ELEMENTS, '#text'],
    ALLOWED_ATTR: [...ATTRIBUTES],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    KEEP_CONTENT: false,
  });
  refuseUnsafe(root);
  const size = sizeOf(root);
  return { text: new window.XMLSerializer().serializeToString(root), size };
}

function parse(text: string): Element {
  const document = new window.DOMParser().parseFromString(text, 'image/svg+xml');
  const root = document.documentElement;
  if (root === null || document.querySelector('parsererror') !== null) {
    throw new ImageError('broken', 'The SVG is not well-formed XML.');
  }
  if (root.namespaceURI !== SVG_NAMESPACE || root.localName !== 'svg') {
    throw new ImageError('broken', 'The outermost element is not svg, or not in its namespace.');
  }
  return root;
}

/** Takes out what editors leave behind, and brings what is left into the one form that the lists know. */
function tidy(root: Element): Element {
  for (const element of root.querySelectorAll('*')) {
    if (element.namespaceURI !== SVG_NAMESPACE || isWildStyle(element)) element.remove();
  }
  removeUnseen(root);
  for (const element of [root, ...root.querySelectorAll('*')]) {
    linkPlainly(element);
    dropDeclarations(element);
    if (element !== root) withoutPrefix(element);
  }
  return withoutPrefix(root);
}

/** `svg:rect` is `rect` in a namespace that is the default here. */
function withoutPrefix(element: Element): Element {
  if (element.prefix === null) return element;
  const plain = element.ownerDocument.createElementNS(SVG_NAMESPACE, element.localName);
  for (const { name, value } of element.attributes) {
    if (!name.includes(':')) plain.setAttribute(name, value);
  }
  plain.append(...element.childNodes);
  element.replaceWith(plain);
  return plain;
}

function isWildStyle(element: Element): boolean {
  return element.localName === 'style' && !isTame(element.textContent ?? '');
}

/** `xlink:href` is the old name of `href` (SVG 2, 16.1.6). */
function linkPlainly(element: Element): void {
  const old = element.getAttributeNS(XLINK, 'href');
  if (old !== null && !element.hasAttribute('href')) element.setAttribute('href', old);
  element.removeAttributeNS(XLINK, 'href');
}

/** Declarations of namespaces that nothing is left of. */
function dropDeclarations(element: Element): void {
  for (const { name } of [...element.attributes]) {
    if (name.startsWith('xmlns:')) element.removeAttribute(name);
  }
}

/** Comments and processing instructions. */
function removeUnseen(root: Element): void {
  const { NodeFilter } = window;
  const unseen: ChildNode[] = [];
  const walker = window.document.createTreeWalker(
    root,
    NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION,
  );
  while (walker.nextNode()) unseen.push(walker.currentNode as ChildNode);
  for (const node of unseen) node.remove();
}

/** Pictures within are held to the rules of pictures; what is no sound one goes. */
async function rewriteEmbedded(root: Element): Promise<void> {
  const images = [...root.querySelectorAll('image')];
  if (images.length > MAX_EMBEDDED) {
    throw new ImageError('too-complex', `An SVG has at most ${MAX_EMBEDDED} pictures within.`);
  }
  for (const image of images) {
    const href = image.getAttribute('href') ?? '';
    if (!isTameReference('image', href)) {
      image.remove();
      continue;
    }
    const data = Buffer.from(href.slice(href.indexOf(',') + 1), 'base64');
    const { bytes } = await cleanRaster(data, { as: 'png', ...EMBEDDED });
    image.setAttribute('href', `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
  }
}
