/**
 * What an SVG must be, asked of the tree that is about to be written. It knows nothing of how the tree was
 * cleaned: what the cleaning overlooked is refused here.
 */
import { ImageError } from '../image.ts';
import { MAX_DEPTH } from './depth.ts';
import {
  ATTRIBUTES,
  ELEMENTS,
  isTame,
  isTameReference,
  paintedWith,
  SVG_NAMESPACE,
} from './vocabulary.ts';

const MAX_ELEMENTS = 5000;
/** Elements drawn once every `use`, pattern and mask is followed. */
const MAX_DRAWN = 50_000;
const LARGEST_NUMBER = 1_000_000;

const elements: ReadonlySet<string> = new Set(ELEMENTS);
const attributes: ReadonlySet<string> = new Set(ATTRIBUTES);
/** Attributes whose digits are names or words. */
const NOT_NUMBERS: ReadonlySet<string> = new Set([
  'id',
  'class',
  'href',
  'font-family',
  'aria-label',
  'aria-labelledby',
  'xmlns',
  'lang',
  'xml:lang',
]);

/** Refuses a tree too large to be walked by libraries that recurse. Walks without recursion itself. */
export function refuseOversized(root: Element): void {
  let level: Element[] = [root];
  let count = 0;
  for (let depth = 1; level.length > 0; depth++) {
    count += level.length;
    if (count > MAX_ELEMENTS || depth > MAX_DEPTH) {
      throw new ImageError(
        'too-complex',
        `An SVG has at most ${MAX_ELEMENTS} elements, ${MAX_DEPTH} deep.`,
      );
    }
    level = level.flatMap((element) => [...element.children]);
  }
}

/** Refuses whatever is not on the lists, points out of the picture or would never be done drawing. */
export function refuseUnsafe(root: Element): void {
  const all = [root, ...root.querySelectorAll('*')];
  for (const element of all) {
    if (element.namespaceURI !== SVG_NAMESPACE || !elements.has(element.localName)) throw unsafe();
    if (element.localName === 'style' && !isTame(element.textContent ?? '')) throw unsafe();
    for (const attribute of element.attributes) refuseUnsafeAttribute(element, attribute);
  }
  refuseEndless(root, all);
}

function refuseUnsafeAttribute(element: Element, { name, value }: Attr): void {
  if (!attributes.has(name)) throw unsafe();
  if (name === 'xmlns') {
    if (value !== SVG_NAMESPACE) throw unsafe();
  } else if (name === 'href') {
    if (!isTameReference(element.localName, value)) throw unsafe();
  } else if (!isTame(value)) throw unsafe();
  if (!NOT_NUMBERS.has(name) && holdsHugeNumber(value)) {
    throw new ImageError('unsafe', `A number in the SVG is larger than ${LARGEST_NUMBER}.`);
  }
}

function holdsHugeNumber(value: string): boolean {
  const numbers = value.replace(/#[\w.:-]+/g, '').match(/(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/gi) ?? [];
  return numbers.some((number) => Number(number) > LARGEST_NUMBER);
}

/** Follows what is used by what: a circle, or a few uses of uses, would keep a reader drawing for ever. */
function refuseEndless(root: Element, all: readonly Element[]): void {
  const byId = new Map(all.map((element) => [element.getAttribute('id'), element]));
  const known = new Map<Element, number>();
  const underWay = new Set<Element>();
  const drawn = (element: Element): number => {
    const before = known.get(element);
    if (before !== undefined) return before;
    if (underWay.has(element)) throw endless();
    underWay.add(element);
    const used = referencesOf(element).flatMap((id) => byId.get(id) ?? []);
    let count = 1;
    for (const next of [...element.children, ...used]) count += drawn(next);
    if (count > MAX_DRAWN) throw endless();
    underWay.delete(element);
    known.set(element, count);
    return count;
  };
  drawn(root);
}

function referencesOf(element: Element): string[] {
  const href = element.getAttribute('href');
  const painted = [...element.attributes].flatMap(({ value }) => paintedWith(value));
  return href?.startsWith('#') === true ? [href.slice(1), ...painted] : painted;
}

export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

/** The size an SVG says it has: of its `viewBox`, else its width and height. */
export function sizeOf(root: Element): SvgSize {
  const [, , width, height] = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const size = {
    width: width ?? lengthOf(root.getAttribute('width')),
    height: height ?? lengthOf(root.getAttribute('height')),
  };
  if (!isSide(size.width) || !isSide(size.height)) {
    throw new ImageError(
      'broken',
      'The SVG does not say how large it is: it has no sound viewBox.',
    );
  }
  return {
    width: Math.max(1, Math.round(size.width)),
    height: Math.max(1, Math.round(size.height)),
  };
}

function lengthOf(text: string | null): number {
  return Number(/^\s*([\d.]+)(px)?\s*$/.exec(text ?? '')?.[1] ?? Number.NaN);
}

function isSide(length: number): boolean {
  return Number.isFinite(length) && length > 0 && length <= LARGEST_NUMBER;
}

function unsafe(): ImageError {
  return new ImageError(
    'unsafe',
    'The SVG holds something that could run, or load from elsewhere.',
  );
}

function endless(): ImageError {
  return new ImageError('too-complex', 'The SVG uses its own parts in a circle or too often.');
}
