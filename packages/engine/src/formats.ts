/** What the engine can write; one line an event. In a file of its own, so that a command's help need not load the engine. */
export const formats = ['ecs', 'cef', 'leef', 'flat', 'raw+', 'hec', 'hec-flat', 'mcas-agent'] as const
export type Format = (typeof formats)[number]
