/** A simulated ServiceNow instance. */
export { bridgeUser, openServiceNow } from './service-now.ts'
export type { InstanceRequestEntry, ServiceNowSpec, SimulatedServiceNow } from './service-now.ts'
export type { InstanceFault, Oddities } from './oddities.ts'
export type { SeedUser } from './seed.ts'
export type { OAuthClient } from './sign-in.ts'
export type { Row, TakenWrite } from './tables.ts'
export type { Instance } from './instance.ts'
