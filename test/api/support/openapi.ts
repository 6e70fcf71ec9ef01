/** The description of the API as tests read it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Answer } from '../../support/service.ts';

export interface Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string | undefined;
  /** The schema of a JSON body, references resolved once. */
  readonly body: any;
  readonly responses: Readonly<Record<string, any>>;
  readonly parameters: readonly any[];
}

export type OpenApi = any;

export function operationsOf(document: OpenApi): Described[] {
  return Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      summary: operation.summary,
      body: resolve(document, operation.requestBody?.content?.['application/json']?.schema),
      responses: operation.responses,
      parameters: operation.parameters ?? [],
    })),
  );
}

/** What a reference points to; anything else as it is. */
export function resolve(document: OpenApi, schema: any): any {
  if (typeof schema?.$ref !== 'string') return schema;
  return schema.$ref
    .slice(2)
    .split('/')
    .reduce((node: any, name: string) => node?.[name], document);
}

/** Every `$ref` in the document. */
export function referencesOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesOf);
  if (typeof node !== 'object' || node === null) return [];
  const { $ref } = node as { $ref?: unknown };
  return [
    ...(typeof $ref === 'string' ? [$ref] : []),
    ...Object.values(node).flatMap(referencesOf),
  ];
}

/** Says what is wrong with an answer by the description, or nothing. */
export function answerChecker(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'api', ...document });
  const pointer = (parts: readonly string[]) =>
    parts
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');

  return ({ path, method, responses }: Described, answer: Answer): string[] => {
    const status = String(answer.status);
    const declared = [status, `${status[0]}XX`].find((name) => responses[name] !== undefined);
    if (declared === undefined) return [`${status} is not described`];
    const content = responses[declared].content;
    if (content === undefined) return answer.text === '' ? [] : ['a body is not described'];
    const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (content[type] === undefined) {
      return answer.status === 204 || answer.text === ''
        ? []
        : [`${type} is not described for ${status}`];
    }
    const at = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      declared,
      'content',
      type,
      'schema',
    ];
    const validate = ajv.getSchema(`api#/${pointer(at)}`);
    if (validate === undefined) return ['the schema is not found'];
    if (type === 'text/csv' || type.startsWith('image/') || validate(answer.json)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
