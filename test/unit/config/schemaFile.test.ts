import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { editorSchema } from '../../../src/gan/configSchema';
import { presets, resolveConfig } from '../../../src/gan/presets';
import { configFileSchema, configJsonSchema } from '../../../src/shared/config';

interface SchemaNode {
  readonly [key: string]: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

const schema = editorSchema() as SchemaNode & {
  readonly defaultSnippets: readonly { readonly body: unknown }[];
};

/** Every key that has a value of its own, with its path. */
function leaves(node: SchemaNode, path: readonly string[] = []): [string, SchemaNode][] {
  if (!node.properties) return [[path.join('.'), node]];
  return Object.entries(node.properties).flatMap(([key, child]) => leaves(child, [...path, key]));
}

/** What only editors read, taken out again. */
function withoutHelp(node: SchemaNode): object {
  const {
    markdownDescription: _hover,
    default: _default,
    enumDescriptions: _meanings,
    defaultSnippets: _snippets,
    allowComments: _comments,
    allowTrailingCommas: _commas,
    ...rules
  } = node;
  if (!rules.properties) return rules;
  const entries = Object.entries(rules.properties);
  const properties = Object.fromEntries(entries.map(([key, child]) => [key, withoutHelp(child)]));
  return { ...rules, properties };
}

describe('the schema for editors', () => {
  it('is media/config.schema.json; `npm run schema` makes it anew', () => {
    const file = path.resolve(import.meta.dirname, '../../../media/config.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(editorSchema());
  });

  it('has the rules of the engine and adds help only', () => {
    expect(withoutHelp(schema)).toEqual(configJsonSchema());
  });

  it('describes every key, and every choice of those that have some described', () => {
    for (const [key, node] of leaves(schema)) {
      expect(node.markdownDescription, key).toContain(node.description);
      if (node.enumDescriptions) {
        expect(node.enumDescriptions, key).toHaveLength(node.enum?.length ?? 0);
        expect(node.enumDescriptions, key).not.toContain(undefined);
      }
    }
  });

  it('describes every section', () => {
    const inner = Object.entries(schema.properties ?? {}).filter(([, node]) => node.properties);
    expect(inner.length).toBeGreaterThan(5);
    for (const [key, node] of inner) expect(node.markdownDescription, key).toMatch(/\.$/);
  });

  it('offers defaults that are valid and those of a config without a preset', () => {
    const standard: unknown = resolveConfig({});
    for (const [key, node] of leaves(schema)) {
      if (!('default' in node)) continue;
      const path = key.split('.');
      const value = path.reduce<unknown>((section, name) => (section as never)[name], standard);
      expect(node.default, key).toEqual(value);
      const file = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), node.default);
      expect(configFileSchema.safeParse(file).success, key).toBe(true);
    }
  });

  it('says which presets set a key otherwise', () => {
    const rate = new Map(leaves(schema)).get('optimizer.learningRate')?.markdownDescription;
    expect(rate).toContain('Default: `0.0002`; preset A, B: `0.0001`; D, E, F, quick: `0.001`.');
    expect(Object.keys(presets)).toHaveLength(8);
  });

  it('begins configs that are valid', () => {
    expect(schema.defaultSnippets.length).toBeGreaterThan(1);
    for (const { body } of schema.defaultSnippets) {
      const text = JSON.stringify(body).replace(/\$\{\d:([^}]*)\}/g, '$1');
      expect(configFileSchema.safeParse(JSON.parse(text)).success, text).toBe(true);
    }
  });
});
