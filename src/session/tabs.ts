/** What the tabs of one browser tell each other about the sign-in. */
export type TabNews = { kind: 'signed-out' } | { kind: 'signed-in'; memberId: string } | { kind: 'stayed' }

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('session') : undefined

/** Tells the other tabs. */
export function tellTabs(news: TabNews): void {
  channel?.postMessage(news)
}

/** @param heard called with what another tab tells. @returns how to stop listening. */
export function hearTabs(heard: (news: TabNews) => void): () => void {
  const listen = (event: MessageEvent<TabNews>) => heard(event.data)
  channel?.addEventListener('message', listen)
  return () => channel?.removeEventListener('message', listen)
}
