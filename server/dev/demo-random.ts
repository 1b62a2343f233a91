/** Numbers that look random and are the same at every seeding. */
export type Random = {
  /** A fraction from 0 up to, not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  pick<T>(choices: readonly T[]): T
  /** True with the given probability. */
  chance(probability: number): boolean
}

/** @param seed any whole number. @returns a source that gives the same row of numbers for the same seed (the mulberry32 generator). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next, int,
    pick(choices) {
      const chosen = choices[int(0, choices.length - 1)]
      if (chosen === undefined) throw new Error('nothing to choose from')
      return chosen
    },
    chance: (probability) => next() < probability,
  }
}
