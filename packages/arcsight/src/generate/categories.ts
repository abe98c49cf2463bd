import type { CategoryField, CategoryValue } from '../schema/categories.ts'

export type Categories = { readonly [F in CategoryField]?: CategoryValue<F> }

type Rule = readonly [ids: RegExp, categories: Categories]

const service: Categories = { categoryObject: '/Host/Application/Service', categoryDeviceGroup: '/Application' }
const found: Categories = {
  ...service,
  categoryBehavior: '/Found',
  categoryOutcome: '/Attempt',
  categorySignificance: '/Suspicious',
}
const host: Categories = { categoryObject: '/Host/Operating System', categoryDeviceGroup: '/Operating System' }
const mail: Categories = { categoryObject: '/Host/Application/Service/Email', categoryDeviceGroup: '/Application' }
const flow: Categories = { categoryObject: '/Host', categoryBehavior: '/Communicate', categoryDeviceGroup: '/Firewall' }
const file: Categories = { categoryObject: '/Host/Resource/File', categoryDeviceGroup: '/Application' }

/** What events of a log type are about, by the beginning of its id; the first that fits. */
const byType: readonly Rule[] = [
  [
    /^(?:xdr\.alert|defender-cloud\.alert|entra\.ris|o365\.compliance-alert|mdca\.alert|mde\.alert|xdr\.incident)/,
    found,
  ],
  [/^(?:ata|mdi)\./, { ...found, categoryDeviceGroup: '/IDS/Network' }],
  [/^(?:o365\.defender-mail|o365\.atp-content|xdr\.email|o365\.exchange-mailbox)/, mail],
  [/^azure\.(?:nsg-flow|vnet-flow|firewall)/, flow],
  [/^(?:xdr\.device-network)/, { ...flow, categoryDeviceGroup: '/Operating System' }],
  [/^xdr\.device-process/, { ...host, categoryObject: '/Host/Resource/Process' }],
  [/^xdr\.device-registry/, { ...host, categoryObject: '/Host/Resource/Registry' }],
  [/^xdr\.device-file/, { ...host, categoryObject: '/Host/Resource/File' }],
  [/^(?:xdr\.device|azure\.windows-event|xdr\.identity)/, host],
  [/^o365\.sharepoint/, file],
  [/^/, service],
]

/** What was done, by the words in a signature id; the first that fits. */
const byId: readonly Rule[] = [
  [
    /malware|virus|phish|detection|threat|exploit|suspicious/i,
    { categoryBehavior: '/Found', categorySignificance: '/Suspicious' },
  ],
  [
    /log.?(?:on|in)|sign-in|authenticat/i,
    { categoryBehavior: '/Authentication/Verify', categorySignificance: '/Informational' },
  ],
  [/log.?off|log.?out/i, { categoryBehavior: '/Access/Stop', categorySignificance: '/Normal' }],
  [/delete|remove|purge|undo/i, { categoryBehavior: '/Delete', categorySignificance: '/Informational/Warning' }],
  [/creat|^add|\badd\b|^new|upload|invite/i, { categoryBehavior: '/Create', categorySignificance: '/Informational' }],
  [
    /permission|role|policy|setting|config|consent|owner|credential/i,
    { categoryBehavior: '/Modify/Configuration', categorySignificance: '/Informational' },
  ],
  [
    /write|update|^set|\bset\b|modif|chang|edit|renam|move|enabl|disabl|restor|patch/i,
    { categoryBehavior: '/Modify/Content', categorySignificance: '/Informational' },
  ],
  [/process|execut|start|run|action$/i, { categoryBehavior: '/Execute', categorySignificance: '/Informational' }],
  [/query|search|list|health/i, { categoryBehavior: '/Execute/Query', categorySignificance: '/Normal' }],
  [/^/, { categoryBehavior: '/Access', categorySignificance: '/Normal' }],
]

const outcomes: readonly Rule[] = [
  [/success|succeeded|allow(?:ed)?$|delivered/i, { categoryOutcome: '/Success' }],
  [/fail|denied|deny|block/i, { categoryOutcome: '/Failure' }],
]

const first = (rules: readonly Rule[], text: string): Categories => rules.find(([ids]) => ids.test(text))?.[1] ?? {}

/** Categories of one signature of a log type. */
export const categoriesOf = (type: string, id: string): Categories => ({
  ...first(byId, id),
  ...first(byType, type),
  ...first(outcomes, id),
})
