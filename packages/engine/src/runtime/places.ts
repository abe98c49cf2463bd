const page = 65536

/** Where things stand in the scanner's memory, as `scanner/layout.ts` has it: bytes for the first three, else numbers of four bytes. */
export const places = {
  record: 64,
  longest: 17 * page - 128,
  tape: (17 * page) / 4,
  nodes: (25 * page) / 4,
  slots: (33 * page) / 4,
  mostSlots: page / 4,
  result: (35 * page - 64) / 4,
} as const
