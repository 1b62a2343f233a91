import { qrModules, qrPath } from '#src/lib/qr.ts'

/** A code to scan: dark on white in both themes, because readers expect it so. @param text what a reader shall read. @param failed is shown where no code holds it. */
export function QrCode({ text, label, failed }: { text: string; label: string; failed: string }) {
  const modules = modulesOf(text)
  if (!modules) return <p className="second">{failed}</p>
  const n = modules.length
  return (
    <svg className="qr" viewBox={`0 0 ${n} ${n}`} shapeRendering="crispEdges" role="img" aria-label={label}>
      <rect width={n} height={n} fill="#fff" />
      <path d={qrPath(modules)} fill="#000" />
    </svg>
  )
}

function modulesOf(text: string) {
  try {
    return qrModules(text)
  } catch {
    return undefined
  }
}
