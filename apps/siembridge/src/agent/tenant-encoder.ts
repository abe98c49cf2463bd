import type { Change, Encoder, Sink } from '@siembridge/core'

/** Picks the encoder by the tenant of a record, so that each tenant's tags come with its events. */
export class TenantEncoder implements Encoder {
  private readonly byTenant: ReadonlyMap<string, Encoder>
  private readonly others: Encoder

  constructor(byTenant: ReadonlyMap<string, Encoder>, others: Encoder) {
    this.byTenant = byTenant
    this.others = others
  }

  encode(record: Buffer, tenant: string | undefined, change: Change | undefined, out: Sink): number {
    const encoder = tenant === undefined ? undefined : this.byTenant.get(tenant.toLowerCase())
    return (encoder ?? this.others).encode(record, tenant, change, out)
  }
}
