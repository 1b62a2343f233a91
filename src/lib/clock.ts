let offset = 0

/** Learns how far the machine's clock is off. @param now the server's clock in an answer just received, ISO 8601. */
export function learnServerTime(now: string): void {
  offset = Date.parse(now) - Date.now()
}

/** @returns milliseconds since 1970 by the server's clock; countdowns and deadlines follow it, never the machine's own. */
export const serverNow = (): number => Date.now() + offset

/** @param instant ISO 8601. @returns whole seconds until then by the server's clock, never below 0. */
export const secondsUntil = (instant: string): number => Math.max(0, Math.ceil((Date.parse(instant) - serverNow()) / 1000))
