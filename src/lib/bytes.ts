/** @param bytes size of a file. @returns `640 kB`, `1.2 MB`, as file managers write it. */
export const formatBytes = (bytes: number): string => (bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`)
