import type { Splunkd } from '@siembridge/splunk/modular-input'

/**
 * Universal forwarders have none; anything else has one that may be down for a while. Rejects where splunkd does not answer, or
 * says nothing of itself: an input that once began without the store would stay without it.
 */
export async function lacksKvStore(splunkd: Splunkd): Promise<boolean> {
  const [info] = await splunkd.list('server/info')
  if (!info) throw new Error('server/info of splunkd is empty')
  const status = info.content['kvStoreStatus']
  return status === undefined || status === 'disabled'
}
