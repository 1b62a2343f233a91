const browsers: readonly [mark: RegExp, name: string][] = [[/MicroMessenger\//, 'WeChat'], [/Edg(?:e|A|iOS)?\//, 'Edge'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrom(?:e|ium)\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari']]
const systems: readonly [mark: RegExp, name: string][] = [[/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux|X11/, 'Linux']]

/** What a reader recognises of a browser's own description, which anybody can write: known words only.
 *  @returns e.g. `Chrome, Windows`; undefined when nothing is known. */
export function deviceOf(agent: string): string | undefined {
  const found = [browsers, systems].flatMap((known) => known.find(([mark]) => mark.test(agent))?.[1] ?? [])
  return found.length === 0 ? undefined : found.join(', ')
}
