type Ask = () => Promise<unknown>

/** What several requests take when nothing disturbs them. They are asked in turn, every other round the other way round, so that load and caches meet
 *  all alike; and of each the lower quartile counts, because a busy machine only ever adds time.
 *  @param before runs ahead of each round, which asks each once. @returns milliseconds, in the order of `asks`. */
export async function quietTimes(rounds: number, asks: readonly Ask[], before: () => void = () => undefined): Promise<number[]> {
  const sides = asks.map((ask): { ask: Ask; times: number[] } => ({ ask, times: [] }))
  for (let round = 0; round < rounds; round += 1) {
    before()
    for (const { ask, times } of round % 2 === 0 ? sides : sides.toReversed()) {
      const from = performance.now()
      await ask()
      times.push(performance.now() - from)
    }
  }
  return sides.map(({ times }) => times.toSorted((a, b) => a - b)[Math.floor(rounds / 4)] ?? Number.NaN)
}

/** @returns how many milliseconds lie between two requests, measured as by `quietTimes`. */
export async function timeApart(rounds: number, one: Ask, other: Ask, before?: () => void): Promise<number> {
  const [a = Number.NaN, b = Number.NaN] = await quietTimes(rounds, [one, other], before)
  return Math.abs(a - b)
}
