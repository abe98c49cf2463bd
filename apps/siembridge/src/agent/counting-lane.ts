import { type Lane, recordCount, type Records } from '@siembridge/core'

/** A lane that counts what goes through it. */
export function countingLane(lane: Lane, count: (records: number) => void): Lane {
  return {
    get position() {
      return lane.position
    },
    knows: (mark) => lane.knows(mark),
    settled: () => lane.settled(),
    emit: (records: Records, position, marks) => {
      count(recordCount(records))
      return lane.emit(records, position, marks)
    },
  }
}
