export * as build from './build.ts'
export { sentinels } from './absent.ts'
export { checkCatalog } from './check.ts'
export { dictionaryOf, sharedFields } from './dictionary/dictionary.ts'
export { ecsVersion } from './dictionary/ecs.ts'
export { entityTables } from './entities/entity-tables.ts'
export { logTypes } from './log-types.gen.ts'
export { parseSelector, SelectorError } from './selector.ts'
export { severities } from './model.ts'
export type { CatalogProblem } from './check.ts'
export type { Selector, Step } from './selector.ts'
export type {
  Derivation,
  EntityClass,
  EntityKind,
  EntityRule,
  EntityTable,
  Expr,
  Field,
  FieldType,
  LogType,
  Severity,
  Shape,
  Signature,
  Test,
} from './model.ts'
