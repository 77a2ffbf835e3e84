import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. A room under src may import itself and the rooms that stand after it here;
 * rooms that run anywhere (node, worker, browser) use no Node module; webviews run in a browser
 * and may therefore import only those.
 */
const rooms = [
  'extension',
  'cli',
  'inspection',
  'bench',
  'trainer',
  'compile',
  'runtime',
  'metrics',
  'gan',
  'weights',
  'data',
  'runs',
  'spectral',
  'shared',
];
const roomsThatRunAnywhere = new Set(['spectral', 'shared']);
const nodeModules = new Set(builtinModules);

const root = path.resolve(import.meta.dirname, '../..');

interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Every module that a source names: import, export … from, import(), require(), import types. */
function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ specifier: specifier.text, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return node.argument.literal;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require');
  return loads ? node.arguments[0] : undefined;
}

/** The lines of the default exports of a source. */
function defaultExportsOf(source: ts.SourceFile): number[] {
  return source.statements
    .filter((statement) => {
      if (ts.isExportAssignment(statement)) return true;
      if (ts.isExportDeclaration(statement)) {
        const { exportClause } = statement;
        if (!exportClause) return false;
        if (ts.isNamespaceExport(exportClause)) return exportClause.name.text === 'default';
        return exportClause.elements.some(({ name }) => name.text === 'default');
      }
      return (
        ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
      );
    })
    .map((statement) => source.getLineAndCharacterOfPosition(statement.getStart(source)).line + 1);
}

/** The room of a file, `webview`, or undefined for what is neither. */
function roomOf(file: string): string | undefined {
  const [top, room] = file.split('/');
  if (top === 'webview') return 'webview';
  return top === 'src' ? room : undefined;
}

/** What is wrong with an import, or undefined. `file` is relative to the root, with slashes. */
function objectionTo(file: string, specifier: string): string | undefined {
  const room = roomOf(file) ?? '';
  const anywhere = room === 'webview' || roomsThatRunAnywhere.has(room);
  if (specifier === 'vscode') {
    return room === 'extension' ? undefined : 'vscode is imported under src/extension only';
  }
  if (!specifier.startsWith('.')) {
    const name = specifier.replace(/^node:/, '');
    const isNode = specifier !== name || nodeModules.has(name);
    return anywhere && isNode ? `${room} runs in a browser, which has no ${specifier}` : undefined;
  }
  const target = roomOf(path.posix.join(path.posix.dirname(file), specifier));
  if (target === room) return undefined;
  if (target === undefined) return `${specifier} lies outside src and webview`;
  if (target === 'webview') return 'nothing under src imports a webview';
  if (!rooms.includes(target)) return `${target} is not a room`;
  if (room === 'webview') {
    return roomsThatRunAnywhere.has(target) ? undefined : `webviews may not import ${target}`;
  }
  return rooms.indexOf(target) > rooms.indexOf(room) ? undefined : `${target} stands above ${room}`;
}

/** All violations in one file, as `file:line reason`. */
function violationsIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const violations = defaultExportsOf(source).map((line) => `${file}:${line} exports by default`);
  const room = roomOf(file);
  if (room !== 'webview' && !rooms.includes(room ?? '')) {
    violations.push(`${file}:1 ${room} is not a room`);
  }
  for (const { specifier, line } of importsOf(source)) {
    const objection = objectionTo(file, specifier);
    if (objection) violations.push(`${file}:${line} ${objection}`);
  }
  return violations;
}

/** The TypeScript sources under a folder; none where it does not exist yet. */
function sourcesUnder(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?tsx?$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

describe('imports', () => {
  const files = [...sourcesUnder('src'), ...sourcesUnder('webview')];

  it('go downward only, and nothing is exported by default', () => {
    const violations = files.flatMap((file) =>
      violationsIn(file, readFileSync(path.join(root, file), 'utf8')),
    );
    expect(violations).toEqual([]);
  });

  it('are read from every room that has sources', () => {
    const seen = new Set(files.map(roomOf));
    for (const room of ['cli', 'trainer', 'runtime', 'gan', 'spectral', 'shared']) {
      expect(seen).toContain(room);
    }
  });
});

describe('the check of imports', () => {
  it.each([
    ['src/shared/a.ts', `import { b } from '../spectral/b';`, 'spectral stands above shared'],
    ['src/gan/a.ts', `import type { B } from '../trainer/b';`, 'trainer stands above gan'],
    ['src/gan/layers/a.ts', `export { b } from '../../cli/b';`, 'cli stands above gan'],
    ['src/data/a.ts', `export * from '../gan/b';`, 'gan stands above data'],
    ['src/runs/a.ts', `const b = await import('../data/b');`, 'data stands above runs'],
    ['src/runs/a.ts', `const b = require('../runtime/b');`, 'runtime stands above runs'],
    ['src/runs/a.ts', `import b = require('../metrics/b');`, 'metrics stands above runs'],
    ['src/runs/a.ts', `type B = import('../gan/b').B;`, 'gan stands above runs'],
    ['src/cli/a.ts', `import '../extension/b';`, 'extension stands above cli'],
    ['src/cli/a.ts', `import * as vscode from 'vscode';`, 'vscode is imported under'],
    ['webview/ui/a.ts', `import type { Uri } from 'vscode';`, 'vscode is imported under'],
    ['src/spectral/a.ts', `import { cpus } from 'node:os';`, 'spectral runs in a browser'],
    ['src/shared/a.ts', `import { readFile } from 'fs/promises';`, 'shared runs in a browser'],
    ['webview/ui/a.ts', `import path from 'path';`, 'webview runs in a browser'],
    ['webview/ui/a.ts', `import { b } from '../../src/runs/b';`, 'webviews may not import runs'],
    ['src/extension/a.ts', `import { b } from '../../webview/ui/b';`, 'nothing under src imports'],
    ['src/cli/a.ts', `import { b } from '../../test/b';`, 'lies outside'],
    ['src/cli/a.ts', `import { b } from '../tools/b';`, 'tools is not a room'],
    ['src/tools/a.ts', ``, 'tools is not a room'],
    ['src/cli/a.ts', `export default 1;`, 'exports by default'],
    ['src/cli/a.ts', `export default function b(): void {}`, 'exports by default'],
    ['src/cli/a.ts', `export default class B {}`, 'exports by default'],
    ['src/cli/a.ts', `const b = 1; export { b as default };`, 'exports by default'],
    ['src/cli/a.ts', `export * as default from './b';`, 'exports by default'],
  ])('objects in %s to `%s`', (file, text, reason) => {
    expect(violationsIn(file, text)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ['src/cli/a.ts', `import { b } from '../trainer/b'; import { c } from '../shared/c';`],
    ['src/gan/layers/a.ts', `import { b } from '../b'; import { c } from '../../spectral/c';`],
    ['src/spectral/a.ts', `import { b } from './b'; import { c } from '../shared/c';`],
    ['src/shared/a.ts', `import { z } from 'zod';`],
    ['src/runs/a.ts', `import { readFile } from 'node:fs/promises';`],
    ['src/extension/a.ts', `import * as vscode from 'vscode';`],
    ['webview/ui/a.ts', `import { b } from '../../src/shared/b'; import { c } from './c';`],
    ['src/cli/a.ts', `// import { b } from '../extension/b';\nconst c = "from '../extension/b'";`],
  ])('lets %s say `%s`', (file, text) => {
    expect(violationsIn(file, text)).toEqual([]);
  });

  it('names the line', () => {
    const text = `\n\nimport { b } from '../cli/b';`;
    expect(violationsIn('src/gan/a.ts', text)).toEqual(['src/gan/a.ts:3 cli stands above gan']);
  });
});
