/** What stands where a secret stood. */
export const masked = 'masked'

// The signature of a shared access signature: base64 of 32 bytes, percent-encoded or not. URLs stand inside JSON inside
// JSON: `=`, `+` and `/` may be written as escapes, and what stands before (`&`, \u0026, %26, &amp;) is not asked for.
const signature = /(sig(?:=|%3[dD]|\\+u003[dD]))(?:[A-Za-z0-9%+/_-]|\\+\/|\\+u00(?:2[bBfF]|3[dD])){16,}={0,2}/g

/** Whether a record's text can hold a shared access signature at all. */
export const maySign = (text: string): boolean =>
  text.includes('sig=') || text.includes('sig%3') || text.includes('sig\\')

/** The text with every shared access signature masked. */
export const maskSignatures = (text: string): string => text.replace(signature, `$1${masked}`)
