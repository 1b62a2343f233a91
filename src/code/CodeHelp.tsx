import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** What to do when no code arrives, behind a link. @param text beside the link. @param items one piece of advice each. */
export function CodeHelp({ text, items }: { text?: ReactNode; items: readonly string[] }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <p className="sent left"><span>{text}</span><button type="button" className="text-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t('code.help')}</button></p>
      {isOpen && <ul className="proof-help">{items.map((item) => <li key={item}>{item}</li>)}</ul>}
    </>
  )
}
