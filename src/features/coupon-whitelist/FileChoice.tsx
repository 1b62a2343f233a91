import { type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { whitelistTemplatePath } from '#contract/coupon-whitelist.ts'
import { Button } from '#src/components/Button.tsx'
import { RequestId } from '#src/components/FormError.tsx'
import { language } from '#src/i18n/i18n.ts'
import type { Upload } from './use-upload.ts'

type Props = { upload: Exclude<Upload, { at: 'read' }>; onFile: (file: File) => void; onStop: () => void }

/** The template to fill in, and the file to drop or to choose. */
export function FileChoice({ upload, onFile, onStop }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  // The button that was pressed is another one by now, and the focus goes to the one in its place.
  useEffect(() => { if (document.activeElement === document.body || document.activeElement?.getAttribute('role') === 'dialog') button.current?.focus() }, [upload.at])
  return (
    <>
      <p className="second">{t('whitelist.import.intro')}</p>
      <div>
        <p className="label">{t('whitelist.import.template')}</p>
        <p className="whitelist-templates">{(['xlsx', 'csv'] as const).map((format) => <a key={format} href={whitelistTemplatePath(format, language())} download>{t(`whitelist.import.template_${format}`)}</a>)}</p>
      </div>
      <div role="group" aria-labelledby={id}>
        <p className="label" id={id}>{t('whitelist.import.file')}</p>
        <input
          ref={input} type="file" accept=".xlsx,.csv" className="hidden-text" tabIndex={-1} aria-hidden="true"
          onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) onFile(file) }}
        />
        {upload.at === 'none' && <Drop onFile={onFile}><span className="only-desk">{t('whitelist.import.drop')}</span><Button isSmall ref={button} onPress={() => input.current?.click()}>{t('whitelist.import.choose')}</Button></Drop>}
        {upload.at === 'sending' && <Sending name={upload.name} percent={upload.percent}><Button isSmall ref={button} onPress={onStop}>{t('whitelist.import.cancel')}</Button></Sending>}
        {upload.at === 'none' && upload.problem && <p className="field-error" role="alert">{upload.problem.text}{upload.problem.requestId && <RequestId id={upload.problem.requestId} />}</p>}
      </div>
    </>
  )
}

function Drop({ onFile, children }: { onFile: (file: File) => void; children: ReactNode }) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const hover = (event: DragEvent) => { event.preventDefault(); setOver(true) }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <div className={`whitelist-drop ${isOver ? 'over' : ''}`} onDragEnter={hover} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <p className="whitelist-line">{children}</p>
      <p className="field-hint">{t('whitelist.import.rules')}</p>
    </div>
  )
}

function Sending({ name, percent, children }: { name: string; percent: number; children: ReactNode }) {
  const { t } = useTranslation()
  const text = t(percent < 100 ? 'whitelist.import.sending' : 'whitelist.import.reading', { name })
  return (
    <div className="whitelist-drop">
      <p className="whitelist-line"><span role="status">{text}</span>{children}</p>
      <progress {...(percent < 100 && { max: 100, value: percent })} aria-label={text} />
    </div>
  )
}
