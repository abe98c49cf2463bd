// Where things stand in the scanner's memory; `runtime/layout.ts` has the same for JavaScript.

/** The record; what stands before and behind it lets loads go over its ends. */
export const start: usize = 64
export const page: usize = 65536
/** Entries of sixteen bytes, a value each and two for a container, in the order of the record. */
export const tape: usize = 17 * page
export const tapeEnd: usize = 25 * page
/** Keys that were met, each behind those before it: see `keys.ts`. Node 0 is nobody, node 1 stands before every record. */
export const nodes: usize = 25 * page
export const nodeSize: usize = 32
export const mostNodes: i32 = 8192
export const texts: usize = 29 * page
export const textsEnd: usize = 33 * page
/** For each name that generated code reads, its entry at the top level of the record. */
export const slots: usize = 33 * page
/** One level of nesting each. */
export const stack: usize = 34 * page
export const mostLevels: i32 = 64
/** What a pass found: end of the tape, number of nodes. */
export const result: usize = 35 * page - 64
