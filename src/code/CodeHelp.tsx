import { type ReactNode, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'

type Props = { text?: ReactNode; /** The words of the link, where no code is sent. */ question?: string; items: readonly string[] }

/** What to do when it does not go on, behind a link. @param text beside the link. @param items one piece of advice each. */
export function CodeHelp({ text, question, items }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <p className="sent left"><span>{text}</span><button type="button" className="text-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{question ?? t('code.help')}</button></p>
      {isOpen && <ul className="proof-help">{items.map((item) => <li key={item}>{item}</li>)}</ul>}
    </>
  )
}
