import type { Encoder } from '@siembridge/core'
import { type DeadLetter, Pipeline, readDeadLetters } from '@siembridge/core/pipeline'
import { createAnnotator, createEncoder } from '@siembridge/engine/lane'
import { EventEncoder, repeatWindow } from '@siembridge/splunk/modular-input'
import type { InputReporter } from '../status/input-status.ts'
import { LongEvents } from './long-events.ts'
import type { Parameters } from './parameters.ts'
import type { InputPorts } from './running-input.ts'
import type { InputState } from './state.ts'

/** Bytes of records in memory that are not written yet. */
const limitBytes = 16 << 20
/** Until a letter that was just told of is written, in milliseconds. */
const writtenMs = 1000

export interface PipelineParts {
  readonly stanza: string
  readonly parameters: Parameters
  readonly state: InputState
  readonly reporter: InputReporter
}

/** The agent's pipeline with the input's state and Splunk's stream at its ends; it delivers when it is answered. */
export async function openPipeline(parts: PipelineParts, ports: InputPorts): Promise<Pipeline> {
  const { stanza, parameters, state, reporter } = parts
  const { clock, log, output, signal } = ports
  const pipeline = await Pipeline.open({
    disk: state.disk,
    directory: state.directory,
    clock,
    log,
    annotator: await createAnnotator({ filters: [undefined] }),
    direct: true,
    routes: [
      {
        name: 'stream',
        updates: 'all',
        limitBytes,
        targets: [
          {
            name: 'splunk',
            encoder: await encoderOf(stanza, parameters, new LongEvents({ ...ports, stanza })),
            delivery: output.delivery(),
            window: repeatWindow,
          },
        ],
      },
    ],
    meter: {
      lane: (what, _, type, records) => {
        if (what !== 'rejected') return
        log.warn(`${stanza}: ${records} records cannot be read (${type}); they are kept beside the input’s state`)
        void clock.sleep(writtenMs, signal).then(
          () => tellLetters(state, reporter),
          () => undefined,
        )
      },
      target: (what, _, events) => (what === 'sent' ? reporter.sent(events) : undefined),
    },
    tell: (event) => {
      reporter.tell(event)
      log.warn(`${stanza}: ${event.message}`)
    },
  })
  pipeline.start()
  await tellLetters(state, reporter)
  return pipeline
}

/** What of the letters is shown; letters that cannot be read hold up nothing. */
async function tellLetters({ disk, directory }: InputState, reporter: InputReporter): Promise<void> {
  const letters: DeadLetter[] = []
  try {
    for await (const letter of readDeadLetters(disk, `${directory}/dead-letters`)) letters.push(letter)
    reporter.lettersAre(letters)
  } catch {
    // The next one that is written has them read again.
  }
}

async function encoderOf(
  stanza: string,
  { sourcetypes, index, host, source }: Parameters,
  long: LongEvents,
): Promise<Encoder> {
  const inner = await createEncoder({ to: sourcetypes === 'own' ? 'hec-flat' : 'hec' })
  return new EventEncoder(inner, { stanza, index, host, source }, long.note)
}
