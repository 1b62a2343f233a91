import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Icon } from '#src/components/Icon.tsx'
import type { RefusedRow } from './rules.ts'

type Row = { number: string; nameMasked: string }

/** Which customers were refused and why. It takes the focus, so that nobody misses it. @param title says that nothing was done. */
export function Refused({ title, refused }: { title: string; refused: readonly RefusedRow<Row & { id: string }>[] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [refused.length])
  return (
    <div ref={box} className="note danger refused-customers" role="alert" tabIndex={-1}>
      <Icon name="danger" />
      <div className="note-text">
        <span className="strong">{title}</span>
        <ul>{refused.map(({ row, reason }) => <li key={row.id}>{row.nameMasked} {row.number}{t('common.colon')}{reason}</li>)}</ul>
      </div>
    </div>
  )
}
