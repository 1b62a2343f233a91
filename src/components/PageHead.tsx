import { type ReactNode, useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'

type Props = {
  /** Names the document, too: never a clear personal value. */
  title: string
  /** What the heading shows instead, while a name is revealed. */
  heading?: string | undefined
  /** Beside the title: a count in grey. */
  count?: string | undefined
  /** Beside the title: an eye, tags. */
  beside?: ReactNode
  /** Under the title. */
  meta?: ReactNode
  /** Right: everything secondary first, the one primary last. */
  actions?: ReactNode
  /** On details: back to the list. */
  crumb?: { to: string; label: string }
}

/** The head of a page. Its heading takes the focus after navigation, and names the document. */
export function PageHead({ title, heading = title, count, beside, meta, actions, crumb }: Props) {
  const { t } = useTranslation()
  const product = t('common.product')
  useEffect(() => { document.title = `${title} · ${product}` }, [title, product])
  return (
    <header className="page-head">
      <div>
        {crumb && <p className="crumb"><Link to={crumb.to}>{crumb.label}</Link></p>}
        <div className="title"><h1 tabIndex={-1}>{heading}</h1>{count && <small>{count}</small>}{beside}</div>
        {meta && <div className="meta">{meta}</div>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  )
}
