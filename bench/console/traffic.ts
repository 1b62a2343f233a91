import type { CDPSession } from '@playwright/test'

interface Transfer {
  kind: 'js' | 'css' | 'other'
  /** Seconds on the browser's own clock */
  endedAt: number | undefined
  /** Bytes on the wire, headers included */
  bytes: number
}

export interface Bytes {
  js: number
  css: number
  all: number
}

const kindOf = (type: string, mime = ''): Transfer['kind'] =>
  type === 'Script' || mime.includes('javascript') ? 'js' : type === 'Stylesheet' || mime === 'text/css' ? 'css' : 'other'

/** Watches what a page fetches, from the moment it is called. */
export async function watchTraffic(cdp: CDPSession) {
  const transfers = new Map<string, Transfer>()
  let navigatedAt = 0
  let changedAt = performance.now()
  const end = (id: string, endedAt: number, bytes: number) => {
    changedAt = performance.now()
    const transfer = transfers.get(id)
    if (transfer) Object.assign(transfer, { endedAt, bytes })
  }
  cdp.on('Network.requestWillBeSent', ({ requestId, loaderId, request, timestamp, type = 'Other' }) => {
    if (/^(data|blob):/.test(request.url)) return
    if (requestId === loaderId) navigatedAt = timestamp
    changedAt = performance.now()
    transfers.set(requestId, { kind: kindOf(type), endedAt: undefined, bytes: 0 })
  })
  cdp.on('Network.responseReceived', ({ requestId, response, type }) => {
    const transfer = transfers.get(requestId)
    if (transfer) transfer.kind = kindOf(type, response.mimeType)
  })
  cdp.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => end(requestId, timestamp, encodedDataLength))
  cdp.on('Network.loadingFailed', ({ requestId, timestamp }) => end(requestId, timestamp, 0))
  await cdp.send('Network.enable')

  return {
    /** Milliseconds since a request last started or ended; 0 while one is under way. */
    quietFor: () => ([...transfers.values()].some((transfer) => transfer.endedAt === undefined) ? 0 : performance.now() - changedAt),
    /** Bytes that had arrived so many milliseconds after the navigation started. */
    bytesUntil(ms: number): Bytes {
      const sum = { js: 0, css: 0, all: 0 }
      for (const { kind, endedAt, bytes } of transfers.values()) {
        if (endedAt === undefined || (endedAt - navigatedAt) * 1000 > ms) continue
        sum.all += bytes
        if (kind !== 'other') sum[kind] += bytes
      }
      return sum
    },
  }
}

export type Traffic = Awaited<ReturnType<typeof watchTraffic>>
