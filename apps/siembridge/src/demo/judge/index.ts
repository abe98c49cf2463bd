/** Compares what a cloud issued with what receivers got, byte by byte. */
export { judge } from './judge.ts'
export { readLine, textOf } from './line.ts'
export { createRenderer } from './render.ts'
export type * from './types.ts'
