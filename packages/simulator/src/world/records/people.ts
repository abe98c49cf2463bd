import type { Random } from '../../random.ts'
import type { RecordContext } from '../record.ts'

/** A user of the tenant. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly account: string
  readonly upn: string
  readonly sid: string
}

const names = [
  ['Adele', 'Vance'],
  ['Bianca', 'Pagnotta'],
  ['Chidi', 'Okafor'],
  ['Dörte', 'Müller'],
  ['Ewa', 'Żak'],
  ['Farid', 'Haddad'],
  ['Gao', 'Li'],
  ['Hanne', 'Østby'],
  ['Ines', 'Caballero'],
  ['Jun', 'Sato'],
  ['Kwame', 'Mensah'],
  ['Lior', 'Ben-Ami'],
] as const

/** How many users a tenant has. */
export const peopleCount = names.length

/** User number `index` of the tenant; always the same one. */
export function personAt({ domain }: Pick<RecordContext, 'domain'>, index: number): Person {
  const place = index % names.length
  const [first, last] = names[place] ?? names[0]
  const account = `${first}.${last}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.-]/g, '')
    .toLowerCase()
  const number = String(place + 1).padStart(12, '0')
  return {
    id: `a4c0d1e2-5b6f-4a70-8c91-${number}`,
    name: `${first} ${last}`,
    account,
    upn: `${account}@${domain}`,
    sid: `S-1-5-21-1907511231-2733146051-3981223104-${1104 + place}`,
  }
}

export function anyPerson(context: RecordContext): Person {
  return personAt(context, context.random.below(peopleCount))
}

/** A computer of the tenant. */
export function anyHost({ random }: RecordContext): string {
  return `${random.pick(['wks', 'lap', 'srv', 'dc'])}-${String(random.below(40)).padStart(3, '0')}`
}

/** An address of the blocks for documentation (RFC 5737 and RFC 3849). */
export function anyAddress(random: Random): string {
  const last = 1 + random.below(254)
  return random.pick([`192.0.2.${last}`, `198.51.100.${last}`, `203.0.113.${last}`, `2001:db8:4c::${random.hex(3)}`])
}

const places = [
  ['Lisbon', 'Lisboa', 'PT', 38.72, -9.14],
  ['Nairobi', 'Nairobi', 'KE', -1.29, 36.82],
  ['Osaka', 'Osaka', 'JP', 34.69, 135.5],
  ['Tallinn', 'Harju', 'EE', 59.44, 24.75],
  ['Cali', 'Valle del Cauca', 'CO', 3.45, -76.53],
] as const

/** A location as sign-ins and risk detections have it. */
export function anyLocation(random: Random): object {
  if (random.chance(0.05)) return { city: '', state: '', countryOrRegion: '', geoCoordinates: {} }
  const [city, state, countryOrRegion, latitude, longitude] = random.pick(places)
  return { city, state, countryOrRegion, geoCoordinates: { altitude: null, latitude, longitude } }
}

/** A user agent of today's browsers and tools. */
export function anyUserAgent(random: Random): string {
  return random.pick([
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'python-requests/2.32.3',
    'axios/1.7.9',
  ])
}
