/** Key of a field in the flat form: letters, digits and `_`, so that every parser generator can name it. */
export const flatKey = (field: string): string => field.replaceAll('.', '_')
