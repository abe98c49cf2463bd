import { dictionaryOf, logTypes, severities } from '@siembridge/catalog'
import { describe, expect, test } from 'vitest'
import type { EventView } from '../interpret/view.ts'
import { compileFilter } from './compile.ts'
import { FilterError } from './error.ts'
import { parseFilter } from './parse.ts'

const dictionary = dictionaryOf(logTypes)

const view: EventView = {
  type: 'entra.sign-in',
  shape: 'graph',
  product: 'Entra ID',
  version: 1,
  eventId: '',
  objects: [],
  tenant: 'contoso',
  time: '2026-06-01T10:00:00.000Z',
  severity: 'medium',
  signature: { id: 'sign-in.interactive.failure', name: '' },
  fields: new Map([
    ['source.ip', ['10.1.2.3']],
    ['destination.ip', ['2001:db8::7']],
    ['related.ip', ['10.1.2.3', '2001:db8::7']],
    ['user.name', ['Ana@Contoso.com']],
    ['destination.port', ['443']],
    ['event.category', ['authentication', 'iam']],
    ['event.created', ['2026-06-01T10:00:01.000Z']],
    ['source.geo.location.lat', ['47.36']],
  ]),
  revision: '',
  significant: '',
  entities: [],
}

const keeps = (text: string): boolean => compileFilter(parseFilter(text, dictionary))(view)

describe('what passes', () => {
  test.for([
    'severity >= medium',
    'severity < high',
    'severity == MEDIUM',
    'source.ip in 10.0.0.0/8',
    'destination.ip in 2001:db8::/32',
    'related.ip in (192.0.2.0/24, 10.1.2.3)',
    'severity >= medium and source.ip in 10.0.0.0/8',
    'user.name == ana@contoso.com',
    "user.name == 'ana@contoso.com'",
    'user.name like *@contoso.com',
    'user.name startswith ana',
    'user.name endswith .com',
    'user.name contains "contoso"',
    'destination.port in (80, 443)',
    'destination.port > 400',
    'source.geo.location.lat <= 47.36',
    'event.category == iam',
    'event.created >= 2026-06-01T10:00:00Z',
    'time < "2026-06-01 11:00:00"',
    'file.name != secret.txt',
    'file.name not in (a, b)',
    'not file.name exists',
    'user.name exists',
    'type == entra.sign-in',
    'tenant == contoso',
    'signature like sign-in.*',
    'severity == low or user.name exists',
    '(severity == low or severity == medium) and not source.ip in 192.0.2.0/24',
    'NOT severity == low AND type LIKE entra.*',
  ])('%s', (text) => {
    expect(keeps(text)).toBe(true)
  })
})

describe('what does not', () => {
  test.for([
    'severity > medium',
    'source.ip in 10.2.0.0/16',
    'user.name != ana@contoso.com',
    'file.name == x',
    'file.size > 0',
    'destination.port == 80',
    'severity == low or type == xdr.alert',
    'severity == medium and type == xdr.alert or tenant == fabrikam',
  ])('%s', (text) => {
    expect(keeps(text)).toBe(false)
  })
})

describe('what cannot be read is told with its place', () => {
  test.for<[string, RegExp, number]>([
    ['', /a field was expected/, 0],
    ['no.such.field == 1', /there is no field "no.such.field"/, 0],
    ['severity >= huge', /one of informational, low/, 12],
    ['user.name > a', /has no order/, 10],
    ['destination.port == many', /a number was expected/, 20],
    ['user.name == "a', /closing quote/, 13],
    ['(severity == low', /"\)" was expected/, 16],
    ['severity == low severity == high', /"and" or "or" was expected/, 16],
    ['severity', /a comparison was expected/, 8],
    ['source.ip in (1.2.3.4', /"\)" was expected/, 21],
    ['source.ip in 10.0.0.0/99', /a network ends in \/0 to \/32/, 13],
    ['severity >= "huge"', /one of informational, low/, 12],
    ["time > 'garbage'", /a time was expected/, 7],
    ['constructor == 1', /there is no field "constructor"/, 0],
  ])('%s', ([text, problem, at]) => {
    try {
      parseFilter(text, dictionary)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError)
      expect((error as FilterError).message).toMatch(problem)
      expect((error as FilterError).at).toBe(at)
    }
  })
})

// The order is the only thing that a severity is compared by; where the answer is the same for all, it is not read.
test.for(['>=', '>', '<=', '<', '==', '!='])('severity %s each, of an event of each', (op) => {
  const order: Record<string, (a: number, b: number) => boolean> = {
    '>=': (a, b) => a >= b,
    '>': (a, b) => a > b,
    '<=': (a, b) => a <= b,
    '<': (a, b) => a < b,
    '==': (a, b) => a === b,
    '!=': (a, b) => a !== b,
  }
  severities.forEach((limit, at) => {
    const filter = compileFilter(parseFilter(`severity ${op} ${limit}`, dictionary))
    severities.forEach((severity, rank) => {
      expect(filter({ ...view, severity }), `${severity} ${op} ${limit}`).toBe(order[op]?.(rank, at))
    })
  })
})
