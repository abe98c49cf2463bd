/**
 * The LEEF column of the dictionary: which predefined key a field goes to, best candidate first. Every other field goes out
 * under its flat key, for LEEF leaves custom keys free.
 */
export const leefKeyOf: readonly (readonly [field: string, key: string])[] = [
  ['source.ip', 'src'],
  ['destination.ip', 'dst'],
  ['source.port', 'srcPort'],
  ['destination.port', 'dstPort'],
  ['source.nat.ip', 'srcPostNAT'],
  ['source.nat.port', 'srcPostNATPort'],
  ['destination.nat.ip', 'dstPostNAT'],
  ['destination.nat.port', 'dstPostNATPort'],
  ['source.mac', 'srcMAC'],
  ['destination.mac', 'dstMAC'],
  ['source.bytes', 'srcBytes'],
  ['destination.bytes', 'dstBytes'],
  ['source.packets', 'srcPackets'],
  ['destination.packets', 'dstPackets'],
  ['network.transport', 'proto'],
  ['user.name', 'usrName'],
  ['user.email', 'usrName'],
  ['email.from.address', 'usrName'],
  ['email.sender.address', 'usrName'],
  ['user.target.name', 'accountName'],
  ['email.to.address', 'accountName'],
  ['user.domain', 'domain'],
  ['user.roles', 'role'],
  ['group.id', 'groupID'],
  ['host.name', 'identHostName'],
  ['rule.name', 'policy'],
  ['microsoft.resource.name', 'resource'],
  ['service.name', 'resource'],
  ['url.original', 'url'],
  ['url.full', 'url'],
]

/** Severity names to LEEF's 1 (low) to 10 (high). */
export const leefSeverity = { informational: 1, low: 3, medium: 5, high: 8, critical: 10 } as const

const outcomes = ['success', 'failure', 'unknown']

/**
 * The category of a line: the log type, and how it came out where that is known. A receiver looks events up by event id and
 * category, both exactly (IBM, "LEEF event components"), so there must be a bounded number of them: what the source itself
 * calls the category goes out under a key of its own.
 */
export const leefCategory = (type: string, outcome: string): string =>
  outcomes.includes(outcome) ? `${type}.${outcome}` : type
