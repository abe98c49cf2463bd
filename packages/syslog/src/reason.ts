/** The sentence of an error, without the explanations below it. */
export const firstLine = (error: unknown): string => (error as Error).message.split('\n', 1)[0] as string
