import type { Splunkd } from '@siembridge/splunk/modular-input'

/** Universal forwarders have none; anything else has one that may be down for a while. Rejects where splunkd does not answer. */
export async function lacksKvStore(splunkd: Splunkd): Promise<boolean> {
  const [info] = await splunkd.list('server/info')
  const status = info?.content['kvStoreStatus']
  return status === undefined || status === 'disabled'
}
