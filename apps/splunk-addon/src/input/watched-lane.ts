import { type Lane, recordCount } from '@siembridge/core'

/** A lane that tells how many records go into it. */
export const watchedLane = (lane: Lane, received: (records: number) => void): Lane => ({
  get position() {
    return lane.position
  },
  knows: (mark) => lane.knows(mark),
  settled: () => lane.settled(),
  emit: (records, position, marks) => {
    received(recordCount(records))
    return lane.emit(records, position, marks)
  },
})
