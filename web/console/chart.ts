import type { Ctx } from './view.ts'

/** Charts as SVG, drawn on the server. Colours come with patterns, and a table stands beside each chart. */

/** Without quotation marks: the library writes it into an attribute as it is. */
const FONT = 'system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif'
const WIDTH = 720
/** Told apart by those who do not see all colours. */
const COLOURS = ['#0b5c4c', '#e0a030', '#5078c0', '#b04a5a', '#7a7a7a']

export interface Bars {
  readonly title: string
  readonly labels: readonly string[]
  readonly series: readonly {
    readonly name: string
    readonly values: readonly (number | null)[]
  }[]
  /** Bars lie on their side, one label a line; for long labels. */
  readonly sideways?: boolean
  /** Values are parts of a whole, 0 to 100. */
  readonly percent?: boolean
  readonly stacked?: boolean
}

export interface Trend {
  readonly title: string
  readonly labels: readonly string[]
  /** Percent, 0 to 100, with the 95 % interval where there is one. */
  readonly points: readonly {
    readonly value: number | null
    readonly low?: number
    readonly high?: number
  }[]
  readonly name: string
  /** A line to reach. */
  readonly target?: { readonly name: string; readonly value: number }
}

type Option = Readonly<Record<string, unknown>>

async function draw(option: Option, height: number): Promise<string> {
  const { init } = await import('echarts')
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#fff',
      color: COLOURS,
      aria: { enabled: true, decal: { show: true } },
      textStyle: { fontFamily: FONT, fontSize: 15 },
      ...option,
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

/** Bars, grouped or stacked. */
export function drawBars(bars: Bars): Promise<string> {
  const { title, labels, series, sideways, percent, stacked } = bars
  const names = { type: 'category', data: labels, axisLabel: { interval: 0, fontSize: 14 } }
  const numbers = {
    type: 'value',
    ...(percent ? { max: 100, axisLabel: { formatter: '{value} %' } } : { minInterval: 1 }),
  }
  const height = sideways ? 110 + labels.length * 34 * (stacked ? 1 : series.length) : 380
  return draw(
    {
      ...frame(title, series.length > 1),
      xAxis: sideways ? numbers : names,
      yAxis: sideways ? { ...names, inverse: true } : numbers,
      series: series.map(({ name, values }) => ({
        name,
        type: 'bar',
        data: values,
        ...(stacked ? { stack: 'all' } : { barMaxWidth: 42 }),
        label: { show: !stacked, position: sideways ? 'right' : 'top' },
      })),
    },
    height,
  )
}

/** A percentage over time with its interval and the target. */
export function drawTrend({ title, labels, points, name, target }: Trend): Promise<string> {
  const interval = points.map((p) => (p.low === undefined || p.high === undefined ? null : p))
  return draw(
    {
      ...frame(title, true),
      xAxis: { type: 'category', data: labels },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
      series: [
        {
          name,
          type: 'line',
          symbolSize: 10,
          data: points.map((p) => p.value),
          label: { show: true, formatter: '{c} %' },
          ...(target && {
            markLine: {
              symbol: 'none',
              label: { formatter: target.name, position: 'insideEndTop' },
              lineStyle: { type: 'dashed', color: '#b04a5a', width: 2 },
              data: [{ yAxis: target.value }],
            },
          }),
        },
        ...(interval.some((p) => p !== null) ? [whiskers(interval)] : []),
      ],
    },
    380,
  )
}

/** The 95 % interval of each point as an upright stroke. */
function whiskers(points: readonly ({ readonly low?: number; readonly high?: number } | null)[]) {
  return {
    type: 'custom',
    silent: true,
    data: points.map((p, i) => (p === null ? [i, null, null] : [i, p.low, p.high])),
    renderItem: (_: unknown, api: Api) => {
      const [x, low] = api.coord([api.value(0), api.value(1)])
      const [, high] = api.coord([api.value(0), api.value(2)])
      return {
        type: 'line',
        shape: { x1: x, x2: x, y1: low, y2: high },
        style: { stroke: COLOURS[4], lineWidth: 2 },
      }
    },
  }
}

interface Api {
  value(dimension: number): number
  coord(point: readonly number[]): readonly [number, number]
}

function frame(title: string, legend: boolean): Option {
  return {
    title: { text: title, left: 'center', textStyle: { fontSize: 18 } },
    ...(legend ? { legend: { bottom: 0 } } : {}),
    grid: { left: 16, right: 40, top: 56, bottom: legend ? 44 : 16, containLabel: true },
  }
}

/** Answers with a chart, for an `<img>`. */
export function chartResponse(c: Ctx, svg: string): Response {
  return c.body(svg, 200, {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'private, max-age=60',
  })
}
