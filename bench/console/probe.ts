export interface Probe {
  /** Milliseconds from the start of the navigation to the first painted frame with rows */
  rowsAt: number | undefined
  /** Milliseconds from the last timed click to the first painted frame with what was waited for */
  clickTook: number | undefined
  /** Sum of the layout shifts so far that no input explains */
  shift: number
  /** When the last task of 50 ms or more ended */
  busyUntil: number
  /** The longest event of each interaction (a key, a click), by its id; shorter ones than 16 ms are not told by the browser */
  interactions: Map<number, number>
  /** Whether something that matches is on the page, with a size and with text */
  shows: (selector: string) => boolean
  /** Starts a stopwatch at the next click, which stops when the selector shows */
  timeClick: (selector: string) => void
}

declare global {
  interface Window {
    probe: Probe
  }
}

/** Runs in the page before any of its own scripts. `row` is the selector of the rows whose first appearance is timed. */
export function installProbe(row: string) {
  const shows = (selector: string) =>
    [...document.querySelectorAll(selector)].some((element) => {
      const { width, height } = element.getBoundingClientRect()
      const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      return visible && width > 0 && height > 0 && element.textContent?.trim() !== ''
    })
  // The callback of a frame runs before its paint; a message posted from it arrives after
  const afterPaint = (tell: (at: number) => void) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => tell(performance.now())
    port2.postMessage(undefined)
  }
  const whenShown = (selector: string, tell: (at: number) => void) => {
    const look = () => (shows(selector) ? afterPaint(tell) : requestAnimationFrame(look))
    requestAnimationFrame(look)
  }
  const probe: Probe = {
    rowsAt: undefined,
    clickTook: undefined,
    shift: 0,
    busyUntil: 0,
    interactions: new Map(),
    shows,
    timeClick(selector) {
      probe.clickTook = undefined
      const start = ({ timeStamp }: Event) =>
        whenShown(selector, (at) => {
          probe.clickTook = at - timeStamp
        })
      addEventListener('click', start, { capture: true, once: true })
    },
  }
  const observe = (options: PerformanceObserverInit & { durationThreshold?: number }, see: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ buffered: true, ...options })
  observe({ type: 'longtask' }, ({ startTime, duration }) => {
    probe.busyUntil = Math.max(probe.busyUntil, startTime + duration)
  })
  observe({ type: 'layout-shift' }, (entry) => {
    if ('value' in entry && typeof entry.value === 'number' && 'hadRecentInput' in entry && !entry.hadRecentInput) probe.shift += entry.value
  })
  observe({ type: 'event', durationThreshold: 16 }, (entry) => {
    if (!(entry instanceof PerformanceEventTiming) || entry.interactionId === 0) return
    probe.interactions.set(entry.interactionId, Math.max(entry.duration, probe.interactions.get(entry.interactionId) ?? 0))
  })
  whenShown(row, (at) => {
    probe.rowsAt = at
  })
  window.probe = probe
}
