import { keypathText } from '../lsx/keypath.ts'

/** The form of JSON that an extension reads: flat keys at the top, under `sb` beside Microsoft's record, or that record alone. */
export const forms = ['flat', 'raw+', 'raw'] as const
export type Form = (typeof forms)[number]

/** Folder of a form. */
export const formFolder: Readonly<Record<Form, string>> = { flat: 'flat', 'raw+': 'raw-plus', raw: 'raw' }

/** Keypath of a flat key. */
export const flatPath = (form: Exclude<Form, 'raw'>, key: string): string =>
  form === 'flat' ? keypathText(key) : keypathText('sb', key)

/**
 * What stands before the time in the text of a form. The keys of a flat event begin with these three, so nothing else in a
 * record can be taken for it: a quote inside a JSON text is never without its backslash.
 */
export const timeRegex: Readonly<Record<Exclude<Form, 'raw'>, string>> = {
  flat: String.raw`\{"sb_type":"[^"]*","sb_event_id":"[^"]*","sb_time":"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})Z"`,
  'raw+': String.raw`"sb":\{"sb_type":"[^"]*","sb_event_id":"[^"]*","sb_time":"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})Z"`,
}

/**
 * The outcomes that have mappings; where it is another word, the log type is the category. Inside a text of JSON the quotes
 * would have backslashes before them.
 */
export const outcomeRegex = '"event_outcome":"(success|failure|unknown)"'

/** Read alike by Joda-Time and SimpleDateFormat. */
export const timeFormat = "yyyy-MM-dd'T'HH:mm:ss.SSSZ"
export const timeTemplate = String.raw`\1+0000`
