import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it, test } from 'vitest';
import { clean } from '../../../src/imaging/worker.ts';
import { png } from './support/png.ts';

const { window } = new JSDOM('');
const NAMESPACES =
  'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"';
const svg = (inner: string, attributes = 'viewBox="0 0 64 64"') =>
  `<svg ${NAMESPACES} ${attributes}>${inner}</svg>`;
const take = async (text: string | Buffer): Promise<any> => {
  const answer: any = await clean({ bytes: Buffer.from(text), mediaType: 'image/svg+xml' });
  return answer.result === undefined
    ? answer
    : { ...answer.result, text: Buffer.from(answer.result.bytes).toString('utf8') };
};

/** Asked of what was written by means of its own: names and values that have no place in a still picture. */
function forbiddenIn(text: string): string[] {
  const document = new window.DOMParser().parseFromString(text, 'image/svg+xml');
  const found: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    if (element.namespaceURI !== 'http://www.w3.org/2000/svg') found.push(`<${element.nodeName}>`);
    if (
      /^(script|foreignobject|a|animate|set|handler|feimage|iframe|parsererror)/i.test(
        element.localName,
      )
    ) {
      found.push(`<${element.localName}>`);
    }
    if (
      element.localName === 'style' &&
      /@|url\s*\(\s*['"]?[^#'"\s]|\\/i.test(element.textContent ?? '')
    ) {
      found.push(`style ${element.textContent}`);
    }
    for (const { name, value } of element.attributes) {
      const picture = element.localName === 'image' && value.startsWith('data:image/png;base64,');
      if (/^on/i.test(name)) found.push(name);
      if (/script:|url\s*\(\s*['"]?[^#'"\s]/i.test(value)) found.push(`${name}=${value}`);
      if (name === 'href' && !picture && !value.startsWith('#')) found.push(`${name}=${value}`);
      if (name.includes(':') && !name.startsWith('xml:')) found.push(name);
    }
  }
  if (/<!|<\?/.test(text)) found.push('a declaration');
  return found;
}

const nested = (depth: number) => '<g>'.repeat(depth) + '</g>'.repeat(depth);
const uses = Array.from(
  { length: 20 },
  (_, at) => `<g id="u${at + 1}">${`<use href="#u${at}"/>`.repeat(10)}</g>`,
).join('');
const patterns = Array.from(
  { length: 12 },
  (_, at) =>
    `<pattern id="p${at + 1}" width="1" height="1">${`<rect width="9" height="9" fill="url(#p${at})"/>`.repeat(8)}</pattern>`,
).join('');

const REFUSED: readonly (readonly [string, string, string])[] = [
  [
    'a document type',
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/y.dtd">${svg('')}`,
    'unsafe',
  ],
  [
    'an entity that reads a file',
    `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
    'unsafe',
  ],
  [
    'entities that grow',
    `<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`,
    'unsafe',
  ],
  ['an undeclared entity', svg('<text>&nbsp;</text>'), 'broken'],
  ['a use of itself', svg('<g id="a"><use href="#a"/></g>'), 'too-complex'],
  [
    'two uses of each other',
    svg('<g id="a"><use href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'),
    'too-complex',
  ],
  ['uses of uses', svg(`<g id="u0"><rect/></g>${uses}`), 'too-complex'],
  ['patterns of patterns', svg(`<pattern id="p0"/>${patterns}`), 'too-complex'],
  ['too many elements', svg('<g/>'.repeat(5001)), 'too-complex'],
  ['far too many elements', svg('<g/>'.repeat(30_000)), 'too-complex'],
  ['elements too deep', svg(nested(65)), 'too-complex'],
  ['elements far too deep', svg(nested(9000)), 'too-complex'],
  [
    'elements too deep behind asides',
    svg(`<!-- <g/> --><![CDATA[</g></g>]]>${'<g id="/>">'.repeat(70)}${'</g>'.repeat(70)}`),
    'too-complex',
  ],
  ['huge coordinates', svg('<path d="M0 0 L1e300 5"/>'), 'unsafe'],
  ['a huge viewBox', svg('', 'viewBox="0 0 99999999 99999999"'), 'unsafe'],
  ['no size', svg('', ''), 'broken'],
  ['a size in per cent only', svg('', 'width="100%" height="100%"'), 'broken'],
  ['a size of nothing', svg('', 'viewBox="0 0 0 10"'), 'broken'],
  ['a size that is no number', svg('', 'viewBox="0 0 NaN Infinity"'), 'broken'],
  ['tags that do not match', svg('<g>'), 'broken'],
  ['two roots', `${svg('')}${svg('')}`, 'broken'],
  ['another root', `<html xmlns="http://www.w3.org/1999/xhtml">${svg('')}</html>`, 'broken'],
  ['no namespace', '<svg viewBox="0 0 1 1"/>', 'broken'],
  [
    'UTF-16',
    `\ufeff${svg('')}`
      .split('')
      .map((one) => `${one}\0`)
      .join(''),
    'type-unsupported',
  ],
  ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>${svg('')}`, 'broken'],
  ['a broken picture within', svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'), 'broken'],
  [
    'a picture within that is an SVG',
    svg(`<image href="data:image/png;base64,${Buffer.from(svg('<rect/>')).toString('base64')}"/>`),
    'broken',
  ],
  [
    'a picture within that is a GIF',
    svg(
      '<image href="data:image/png;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"/>',
    ),
    'broken',
  ],
  [
    'a picture within that is too large',
    svg(
      `<image href="data:image/png;base64,${png({ width: 2049, height: 1 }).toString('base64')}"/>`,
    ),
    'too-many-pixels',
  ],
  [
    'five pictures within',
    svg(`<image href="data:image/png;base64,AAAA"/>`.repeat(5)),
    'too-complex',
  ],
];

test.each(REFUSED)('An SVG with %s is refused', async (_, text, fault) => {
  expect((await take(text)).fault).toBe(fault);
});

it('An SVG that is not UTF-8, or too large, is refused', async () => {
  expect((await take(Buffer.concat([Buffer.from(svg('')), Buffer.from([0xff])]))).fault).toBe(
    'broken',
  );
  expect((await take(svg(`<desc>${'x'.repeat(262_144)}</desc>`))).fault).toBe('too-large');
});

/** What is taken out; the circle beside it stays. */
const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '<script xlink:href="https://evil.example/x.js"/>',
  '<h:script>alert(1)</h:script>',
  '<SCRIPT>alert(1)</SCRIPT>',
  '<foreignObject width="9" height="9"><h:body onload="alert(1)"><h:iframe src="javascript:alert(1)"/></h:body></foreignObject>',
  '<a href="javascript:alert(1)"><rect width="9" height="9"/></a>',
  '<a xlink:href="https://evil.example"><text>click</text></a>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<set attributeName="onmouseover" to="alert(1)"/>',
  '<use href="https://evil.example/x.svg#a"/>',
  '<use xlink:href="data:image/svg+xml;base64,PHN2Zy8+#x"/>',
  '<image href="https://evil.example/pixel.png"/>',
  '<image xlink:href="//evil.example/pixel.png"/>',
  '<image href="file:///etc/passwd"/>',
  '<image href="data:image/svg+xml,&lt;svg onload=&quot;alert(1)&quot;/&gt;"/>',
  '<image href="data:text/html;base64,PHNjcmlwdD4="/>',
  '<feImage href="https://evil.example/x.png"/>',
  '<style>@import url("https://evil.example/x.css");</style>',
  '<style>rect{fill:url(https://evil.example/x#a)}</style>',
  '<style>@font-face{font-family:x;src:url(//evil.example)}</style>',
  '<style>rect{background:\\75rl(https://evil.example)}</style>',
  '<style><![CDATA[</style><script>alert(1)</script>]]></style>',
  '<rect onclick="alert(1)" width="9" height="9"/>',
  '<rect ONLOAD="alert(1)" width="9" height="9"/>',
  '<rect style="fill:url(https://evil.example/x#a)" width="9" height="9"/>',
  '<rect style="background-image:url(&#39;https://evil.example&#39;)" width="9" height="9"/>',
  '<rect style="width:expression(alert(1))"/>',
  '<rect fill="url(https://evil.example/x.svg#a)" width="9" height="9"/>',
  '<rect filter="url(//evil.example#x)" mask="url( &quot;http://evil.example&quot; )" width="9" height="9"/>',
  '<rect xml:base="https://evil.example/" width="9" height="9"/>',
  '<text xlink:href="javascript:alert(1)">x</text>',
  '<handler type="application/ecmascript">alert(1)</handler>',
  '<?xml-stylesheet href="https://evil.example/x.css"?>',
  '<!--<script>alert(1)</script>-->',
  '<metadata><h:p>Zoé Lambert, at home</h:p></metadata>',
  '<title><h:img src="x" onerror="alert(1)"/></title>',
  '<desc>&lt;script&gt;alert(1)&lt;/script&gt;</desc>',
  '<switch><script>alert(1)</script></switch>',
  '<g id="x"><discard href="#x"/></g>',
  '<linearGradient href="https://evil.example/x.svg#a" id="g"/>',
  '<textPath href="https://evil.example/x.svg#a">x</textPath>',
  '<svg onload="alert(1)"><svg viewBox="0 0 1 1"><script/></svg></svg>',
  '<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext><h:style>x</h:style></mtext></math>',
];

describe('What an SVG could run or load is taken out', () => {
  test.each(HOSTILE.map((one) => [one]))('%s', async (inner) => {
    const { text, fault } = await take(svg(`${inner}<circle r="9"/>`));
    expect([fault, forbiddenIn(text)]).toEqual([undefined, []]);
    expect(text).toContain('<circle r="9"/>');
    expect(text).not.toMatch(/evil|onerror|onload|javascript|Lambert/i);
  });

  it('handlers and styles of the outermost element too', async () => {
    const root = await take(
      svg('', 'viewBox="0 0 9 9" onload="alert(1)" style="background:url(//x)"'),
    );
    expect(root.text).toBe('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>');
  });

  it('whatever is put together of such parts, what is kept holds none and reads the same again', async () => {
    const part = fc.constantFrom(
      ...HOSTILE,
      '<g fill="url(#a)">',
      '</g>',
      '<linearGradient id="a"><stop offset="1" stop-color="red"/></linearGradient>',
      '<text xml:space="preserve"> a &amp; b </text>',
      '<![CDATA[ <g> ]]>',
      '<path d="M0 0h9v9z" transform="scale(2)"/>',
      '<style>.a{fill:#123}</style>',
      '&#60;script&#62;',
    );
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), fc.boolean(), async (parts, wrap) => {
        const inner = parts.join('');
        const first = await take(svg(wrap ? `<g>${inner}</g>` : inner));
        if (first.fault !== undefined) return;
        kept++;
        expect(forbiddenIn(first.text)).toEqual([]);
        expect((await take(first.text)).text).toBe(first.text);
      }),
      { numRuns: 150 },
    );
    expect(kept).toBeGreaterThan(20);
  });
});

describe('What an SVG shows is kept', () => {
  it('gradients, clips, masks, uses, texts and styles', async () => {
    const inner =
      '<title>Crest</title><defs><linearGradient id="a" gradientUnits="userSpaceOnUse"><stop offset="0.5" stop-color="#1e90ff"/></linearGradient>' +
      '<clipPath id="c"><rect width="9" height="9"/></clipPath><symbol id="s" viewBox="0 0 9 9"><path d="M0 0h9"/></symbol></defs>' +
      '<style>.b{fill:url(#a)}</style><g clip-path="url(#c)" class="b"><use href="#s" x="1"/></g>' +
      '<text font-family="Georgia, serif" text-anchor="middle" xml:space="preserve">Ω &amp; é</text>';
    const { text, width, height } = await take(svg(inner, 'viewBox="0 0 300.4 200"'));
    expect(text).toBe(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300.4 200">${inner}</svg>`,
    );
    expect([width, height]).toEqual([300, 200]);
  });

  it('what an editor left behind goes, and old links become plain ones', async () => {
    const text =
      '<?xml version="1.0" encoding="UTF-8"?><!-- made by an editor --><svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:i="http://inkscape" xmlns:xlink="http://www.w3.org/1999/xlink" width="40px" height="30" i:version="1"><i:view/><svg:metadata/><svg:g id="x"/><svg:use xlink:href="#x"/></svg:svg>';
    const cleaned = await take(text);
    expect(forbiddenIn(cleaned.text)).toEqual([]);
    expect(cleaned.text).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="30"><g id="x"/><use href="#x"/></svg>',
    );
    expect([cleaned.width, cleaned.height]).toEqual([40, 30]);
  });

  it('a picture within is written anew like any other', async () => {
    const data = png({ extra: [] }).toString('base64');
    const { text } = await take(
      svg(`<image xlink:href="data:image/png;base64,${data}" width="9"/>`),
    );
    expect(text).toMatch(/<image width="9" href="data:image\/png;base64,[A-Za-z0-9+/=]+"\/>/);
  });
});
