/** A panel with its search, ready to be placed. */
export interface PlacedPanel {
  readonly title: string
  readonly type: string
  readonly search: string
  /** Columns of twelve. */
  readonly width: number
  /** Pixels. */
  readonly height: number
}

/** The JSON that a dashboard of Dashboard Studio is (Splunk, "What is a dashboard definition?"). */
export interface StudioDefinition {
  readonly title: string
  readonly description: string
  readonly visualizations: Readonly<Record<string, StudioVisualization>>
  readonly dataSources: Readonly<Record<string, StudioSource>>
  readonly defaults: unknown
  readonly inputs: Readonly<Record<string, unknown>>
  readonly layout: {
    readonly type: 'grid'
    readonly options: Readonly<Record<string, unknown>>
    readonly structure: readonly StudioItem[]
    readonly globalInputs: readonly string[]
  }
}

interface StudioVisualization {
  readonly type: string
  readonly title: string
  readonly dataSources: { readonly primary: string }
  readonly options?: Readonly<Record<string, unknown>>
}

interface StudioSource {
  readonly type: 'ds.search'
  readonly name: string
  readonly options: { readonly query: string }
}

interface StudioItem {
  readonly item: string
  readonly type: 'block'
  readonly position: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
}

/** A grid of Dashboard Studio is 1200 wide. */
const column = 100
const columns = 12

export function studioDefinition(title: string, description: string, panels: readonly PlacedPanel[]): StudioDefinition {
  const ids = panels.map((_, at) => String(at + 1).padStart(2, '0'))
  return {
    title,
    description,
    visualizations: Object.fromEntries(
      panels.map((panel, at) => [`viz_${ids[at] ?? ''}`, visualization(panel, ids[at] ?? '')]),
    ),
    dataSources: Object.fromEntries(
      panels.map((panel, at) => [
        `ds_${ids[at] ?? ''}`,
        { type: 'ds.search', name: `${ids[at] ?? ''} ${panel.title}`, options: { query: panel.search } } as const,
      ]),
    ),
    defaults: {
      dataSources: {
        'ds.search': {
          options: { queryParameters: { earliest: '$global_time.earliest$', latest: '$global_time.latest$' } },
        },
      },
    },
    inputs: {
      input_time: {
        type: 'input.timerange',
        title: 'Time',
        options: { token: 'global_time', defaultValue: '-24h@h,now' },
      },
    },
    layout: { type: 'grid', options: {}, structure: placed(panels, ids), globalInputs: ['input_time'] },
  }
}

const visualization = ({ title, type }: PlacedPanel, id: string): StudioVisualization => ({
  type,
  title,
  dataSources: { primary: `ds_${id}` },
  ...(type === 'splunk.column' && { options: { stackMode: 'stacked', legendDisplay: 'bottom' } }),
})

/** Row by row, from left to right. */
function placed(panels: readonly PlacedPanel[], ids: readonly string[]): readonly StudioItem[] {
  const items: StudioItem[] = []
  let [x, y, high] = [0, 0, 0]
  panels.forEach(({ width, height }, at) => {
    if (x + width > columns) [x, y, high] = [0, y + high, 0]
    items.push({
      item: `viz_${ids[at] ?? ''}`,
      type: 'block',
      position: { x: x * column, y, w: width * column, h: height },
    })
    x += width
    high = Math.max(high, height)
  })
  return items
}
