import { type Candidate, cefSeverity, expressionsOfShape, fieldOf, typePlan } from '@siembridge/engine/plans'
import type { Expr, LogType } from '@siembridge/catalog'
import { constant, type PlannedMapping } from '../column.ts'
import type { ParserPlan } from '../flat-plan.ts'
import { rawColumn } from './columns.ts'
import { mapped, printExpression } from './expression.ts'
import { Inexpressible, oneOf, type Printed, whereSet } from './printed.ts'
import { rootOf } from './selector.ts'

interface Lost {
  readonly field: string
  readonly reason: string
}

/** What FlexConnector can make of Microsoft's own record in one shape, and what it cannot. */
export interface RawPlan extends ParserPlan {
  readonly shape: string
  /** Fields of which some values are missing, and why. */
  readonly partly: readonly Lost[]
}

/** Undefined, with the reason, where a record of the shape is not one event. */
export function rawParser(candidate: Candidate, trigger: string): RawPlan | { readonly reason: string } {
  const { type, name, shape } = candidate
  if (shape.each !== undefined) return { reason: `a record is several events, one for each element of ${shape.each}` }
  const found = attempt(() => rootOf(shape.root))
  if (found instanceof Inexpressible) return { reason: `its fields are where no path leads: ${found.message}` }
  return new RawPlanner(candidate, found ?? '').plan(type, name, trigger)
}

function attempt<T>(make: () => T): T | Inexpressible {
  try {
    return make()
  } catch (error) {
    if (error instanceof Inexpressible) return error
    throw error
  }
}

class RawPlanner {
  private readonly candidate: Candidate
  private readonly root: string
  private readonly mappings = new Map<string, PlannedMapping>()
  private readonly lost: Lost[] = []
  private readonly partly: Lost[] = []

  constructor(candidate: Candidate, root: string) {
    this.candidate = candidate
    this.root = root
  }

  plan(type: LogType, shape: string, trigger: string): RawPlan {
    this.header(type)
    this.columns(type)
    const mappings = [...this.mappings.values()]
    const tokens = new Map(mappings.flatMap((m) => m.tokens).map((token) => [token.name, token]))
    const outcome = this.mappings.has('eventOutcome')
    const { lost, partly } = this
    return {
      type,
      shape,
      trigger,
      mappings,
      tokens: [...tokens.values()],
      additional: [],
      severityField: 'deviceSeverity',
      outcome,
      lost,
      partly,
    }
  }

  private header(type: LogType): void {
    const { signature, severity, product, version, title } = type
    this.add({ ...constant('deviceVendor', 'Microsoft', 'sb'), expression: '__getVendor("Microsoft")' })
    this.add(constant('deviceProduct', product, 'sb'))
    this.add(constant('deviceVersion', String(version), 'sb'))
    const id = this.print(signature.id)
    this.try('sb_signature_id', 'deviceEventClassId', () => signatureId(type, whole(id)))
    this.try('sb_signature_name', 'name', () => oneOf(whole(this.print(signature.name)), whole(id), literal(title)))
    if (!this.mappings.has('name')) this.titleForName(title)
    this.try('sb_severity', 'deviceSeverity', () => severityNumber(whole(this.print(severity))))
    if (signature.category !== undefined)
      this.try('sb_category', 'deviceEventCategory', () => whole(this.print(signature.category as Expr)))
    this.lost.push({ field: 'sb_event_id', reason: 'it is a hash that the bridge makes' })
    this.lost.push({
      field: 'sb_time',
      reason: 'SimpleDateFormat counts the seven digits of its fraction as milliseconds',
    })
  }

  private titleForName(title: string): void {
    this.add(constant('name', title, 'sb_signature_name'))
    this.partly.push({ field: 'sb_signature_name', reason: 'the title of the log type stands for it' })
  }

  private columns(type: LogType): void {
    const expressions = expressionsOfShape(this.candidate)
    for (const item of typePlan(type.id).cef) {
      const [expr, known] = [expressions[item.field], fieldOf(item.field)]
      if (!known) continue
      if (item.key === 'deviceSeverity') {
        this.lost.push({
          field: item.field,
          reason: 'the severity map needs deviceSeverity for the number of the severity',
        })
        continue
      }
      if (expr === undefined) {
        this.lost.push({
          field: item.field,
          reason: 'it comes from lists of entities, or is derived from another field',
        })
        continue
      }
      const made = attempt(() => rawColumn(item, expr, known.type, this.root))
      if (made instanceof Inexpressible) this.lost.push({ field: item.field, reason: made.message })
      else for (const mapping of made) this.add(mapping)
      const printed = attempt(() => printExpression(expr, this.root))
      if (!(printed instanceof Inexpressible) && printed.partly !== undefined)
        this.partly.push({ field: item.field, reason: printed.partly })
    }
  }

  private print(expr: Expr): Printed | Inexpressible {
    return attempt(() => printExpression(expr, this.root))
  }

  private try(from: string, field: string, make: () => Printed): void {
    const made = attempt(make)
    if (made instanceof Inexpressible) this.lost.push({ field: from, reason: made.message })
    else this.add({ field, from, expression: made.expression, tokens: made.tokens })
  }

  private add(mapping: PlannedMapping): void {
    if (!this.mappings.has(mapping.field)) this.mappings.set(mapping.field, mapping)
  }
}

/** Where a part of it is missing, what stands behind it would be wrong. */
function whole(made: Printed | Inexpressible): Printed {
  if (made instanceof Inexpressible) throw made
  if (made.partly !== undefined) throw new Inexpressible(made.partly)
  return made
}

const literal = (text: string): Printed => ({ expression: `"${text.replaceAll('"', "'")}"`, tokens: [] })

/** One of the listed ids in its own spelling, else that of the type. */
function signatureId({ id, signature }: LogType, printed: Printed): Printed {
  const known = signature.known.map((one) => [one, one] as const)
  return known.length === 0 ? literal(id) : oneOf(whereSet(printed, mapped(printed, known)), literal(id))
}

function severityNumber(printed: Printed): Printed {
  const rows = Object.entries(cefSeverity).map(([word, number]) => [word, String(number)] as const)
  return oneOf(mapped(printed, rows), literal(String(cefSeverity.informational)))
}
