import type { LogType } from '@siembridge/catalog'
import type { Prepared } from '../interpret/prepared.ts'
import * as runtime from '../runtime/index.ts'
import * as viewRuntime from '../runtime/view.ts'
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
    'fields.js': listModule(prepared, fieldFunctions),
    ...Object.fromEntries(prepared.types.map((type) => [`cef/${type.id}.cjs`, cefModule(type, prepared)])),
  }
}

/**
 * CEF of one log type. It is given the runtime and imports nothing, and it is CommonJS, which every Node loads
 * synchronously: the first record of the type asks for it.
 */
function cefModule(type: LogType, prepared: Prepared): string {
  const module = new ModuleWriter()
  const functions = prepared.candidates.flatMap((candidate, at) =>
    candidate.type === type ? [`${at}: ${cefFunction(candidate, prepared, module)},`] : [],
  )
  const entities = entitiesFunction(type, prepared, module)
  const parts = [
    ...(entities === undefined ? [] : [`const entities = { ${JSON.stringify(type.id)}: ${entities} }`]),
    `return {\n${functions.join('\n')}\n}`,
  ]
  const code = inAscii(`${module.text()}\n${parts.join('\n')}\n`)
  return `${note}\n'use strict'\nmodule.exports = ({ ${namesIn(code, runtime)} }) => {\n${code}}\n`
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
  const types = prepared.candidates.map((c) => JSON.stringify(c.type.id))
  const parts = [
    `export const types = [${types.join(', ')}]`,
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
  const code = inAscii(`${module.text()}\n${parts.join('\n')}\n`)
  const imports = [
    importOf(namesIn(code, runtime), '../runtime/index.js'),
    importOf(namesIn(code, viewRuntime), '../runtime/view.js'),
    importOf(/\bentities\["/.test(code) ? 'entities' : '', './entities.js'),
  ]
  return `${note}\n${imports.join('')}${code}`
}

const importOf = (names: string, from: string): string => (names === '' ? '' : `import { ${names} } from '${from}'\n`)

/** Tables know both forms in which a record is held; any other text of ours has to be the same in both. */
function inAscii(code: string): string {
  if (/[^\0-\x7f]/.test(code.replace(/^const \w+ = (?:rowsOf|patternOf|shapeTable)\(.*$/gm, '')))
    throw new Error('generated code cannot print a literal beyond ASCII')
  return code
}

/** Those functions of a module that the code calls. */
const namesIn = (code: string, functions: object): string =>
  Object.keys(functions)
    .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
    .join(', ')
