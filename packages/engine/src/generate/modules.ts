import type { Prepared } from '../interpret/prepared.ts'
import * as runtime from '../runtime/index.ts'
import { cefFunction } from './cef.ts'
import { elementsFunction, rootFunction, sensitiveFunction } from './elements.ts'
import { entitiesFunction } from './entities.ts'
import { fieldFunctions } from './fields.ts'
import { ModuleWriter } from './function.ts'
import { recogniseFunction } from './recognise.ts'
import { viewFunction } from './view.ts'

const note =
  '// Generated from the catalog at build time by @siembridge/engine; the reference interpreter says what it must do.'

/** Every generated module by file name. */
export function generatedModules(prepared: Prepared): Readonly<Record<string, string>> {
  return {
    'recognise.js': recogniseModule(prepared),
    'entities.js': entitiesModule(prepared),
    'view.js': listModule(prepared, viewFunction),
    'cef.js': listModule(prepared, cefFunction),
    'fields.js': listModule(prepared, fieldFunctions),
  }
}

function entitiesModule(prepared: Prepared): string {
  const module = new ModuleWriter()
  const functions = prepared.types.flatMap((type) => {
    const code = entitiesFunction(type, prepared, module)
    return code === undefined ? [] : [`${JSON.stringify(type.id)}: ${code},`]
  })
  return assemble(module, [`export const entities = {\n${functions.join('\n')}\n}`])
}

function recogniseModule(prepared: Prepared): string {
  const module = new ModuleWriter()
  const recognise = recogniseFunction(prepared.candidates, module)
  const roots = prepared.candidates.map((c) => rootFunction(c, module))
  const elements = prepared.candidates.map((c) => elementsFunction(c, module) ?? 'undefined')
  const secrets = prepared.candidates.map((c) => sensitiveFunction(c, module) ?? 'undefined')
  const names = prepared.candidates.map((c) => JSON.stringify(`${c.type.id}/${c.name}`))
  const parts = [
    `export const names = [${names.join(', ')}]`,
    `export const recognise = ${recognise}`,
    list('roots', roots),
    list('elements', elements),
    list('secrets', secrets),
  ]
  return assemble(module, parts)
}

function listModule(
  prepared: Prepared,
  write: (c: Prepared['candidates'][number], p: Prepared, m: ModuleWriter) => string,
): string {
  const module = new ModuleWriter()
  const functions = prepared.candidates.map((c) => write(c, prepared, module))
  return assemble(module, [list('functions', functions)])
}

const list = (name: string, items: readonly string[]): string =>
  `export const ${name} = [\n${items.map((item) => `${item},`).join('\n')}\n]`

function assemble(module: ModuleWriter, parts: readonly string[]): string {
  const code = `${module.text()}\n${parts.join('\n')}\n`
  // Tables know both forms in which a record is held; any other text of ours has to be the same in both.
  if (/[^\0-\x7f]/.test(code.replace(/^const \w+ = (?:rowsOf|patternOf|shapeTable)\(.*$/gm, '')))
    throw new Error('generated code cannot print a literal beyond ASCII')
  const used = runtimeNames.filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  const entities = /\bentities\["/.test(code) ? "import { entities } from './entities.js'\n" : ''
  return `${note}\nimport { ${used.join(', ')} } from '../runtime/index.js'\n${entities}${code}`
}

const runtimeNames = Object.keys(runtime)
