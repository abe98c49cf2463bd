/** Exit statuses of the command. 69 and 78 are EX_UNAVAILABLE and EX_CONFIG of sysexits.h. */
export const exit = { good: 0, no: 1, usage: 2, rejected: 3, unavailable: 69, configuration: 78 } as const
export type ExitStatus = (typeof exit)[keyof typeof exit]
