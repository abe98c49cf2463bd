import type { ConfStore, Settings } from '../apps/conf-store.ts'
import type { Stanza } from '../xml/documents.ts'
import type { ModularInput } from './modular-inputs.ts'

/** Settings of the scheme and of inputs.conf itself that no program is told. */
const own = /^(?:start_by_shell|run_introspection|run_only_one|python\..*|send_index_as_argument_for_path)$/

export interface ConfiguredInput extends Stanza {
  readonly disabled: boolean
  /** Seconds between two starts; 0 at once, -1 once. */
  readonly intervalSeconds: number
}

const isTrue = (text: string | undefined): boolean => /^(?:1|true|t|yes|y)$/i.test(text ?? '')

/** Inputs of a scheme, those that are disabled too: the scheme's own stanza gives what they do not say. */
export function configuredInputs(
  { scheme, app, document }: ModularInput,
  confs: ConfStore,
  host: string,
): readonly ConfiguredInput[] {
  const defaults = confs.stanza('inputs', scheme, app)?.settings ?? {}
  return confs
    .stanzas('inputs')
    .filter(({ name }) => name.startsWith(`${scheme}://`))
    .map(({ name, app: holder, settings }) => {
      const all: Settings = { index: 'default', host, interval: '60', ...defaults, ...settings }
      const shown = Object.entries(all).filter(([key]) => !own.test(key) && key !== 'disabled')
      return {
        name,
        app: holder,
        params: { disabled: '0', ...Object.fromEntries(shown) },
        disabled: isTrue(settings.disabled ?? defaults.disabled),
        // With one process for all inputs the interval of the scheme's stanza alone counts (inputs.conf.spec).
        intervalSeconds: Number(document.singleInstance ? (defaults.interval ?? '60') : all.interval),
      }
    })
}
