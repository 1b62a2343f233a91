import '#src/components/file-field.css'
import { type DragEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { RequestId } from '#src/components/FormError.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { licenceKeys, licenceTypes, type Read } from './company-form.ts'
import type { Licence } from './use-licence.ts'

type Props = { licence: Licence; ownCode: string; onFile: (file: File) => void; onStop: () => void }

/** The licence of a change: dropped or chosen, sent while the person goes on, and what was read of it in words. */
export function LicenceField({ licence, ownCode, onFile, onStop }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const before = useRef(licence.at)
  // The pressed button leaves when a file is on its way, and comes back after it.
  useEffect(() => {
    if (before.current !== licence.at && (document.activeElement === document.body || document.activeElement === null)) box.current?.focus()
    before.current = licence.at
  }, [licence.at])
  const choose = () => input.current?.click()
  return (
    <div role="group" aria-labelledby={id} ref={box} tabIndex={-1} className="licence">
      <span className="label" id={id}>{t('company.form.licence')}</span>
      <input
        ref={input} type="file" accept={licenceTypes.join(',')} className="hidden-text" tabIndex={-1} aria-hidden="true"
        onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) onFile(file) }}
      />
      {licence.at === 'none' && <Drop problem={licence.problem} onFile={onFile} onChoose={choose} />}
      {licence.at === 'sending' && (
        <div className="drop">
          <p className="file-line"><span>{t(licence.percent < 100 ? 'company.form.uploading' : 'company.form.reading', { name: licence.name })}</span><Button isSmall aria-label={t('company.form.cancel_of', { name: licence.name })} onPress={onStop}>{t('company.form.cancel')}</Button></p>
          <progress {...(licence.percent < 100 && { max: 100, value: licence.percent })} aria-label={t('company.form.uploading', { name: licence.name })} />
          <p className="field-hint">{licence.percent < 100 ? t('company.form.percent', { percent: licence.percent }) : t('company.form.rules')}</p>
        </div>
      )}
      {licence.at === 'read' && (
        <div className="drop">
          <p className="file-line"><span>{t('company.form.chosen', { name: licence.name })}</span><Button isSmall onPress={choose}>{t('company.form.replace')}</Button><Button isSmall variant="bare" onPress={onStop}>{t('company.form.remove')}</Button></p>
        </div>
      )}
      <div role="status">{licence.at === 'read' && <WhatWasRead read={licence.read} ownCode={ownCode} />}</div>
    </div>
  )
}

function Drop({ problem, onFile, onChoose }: { problem: (Licence & { at: 'none' })['problem']; onFile: (file: File) => void; onChoose: () => void }) {
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
    <>
      <div className={`drop ${isOver ? 'over' : ''}`} onDragEnter={hover} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
        <p className="file-line"><span className="only-desk">{t('company.form.drop')}</span><Button isSmall onPress={onChoose}>{t('company.form.choose')}</Button></p>
        <p className="field-hint">{t('company.form.rules')}</p>
      </div>
      {problem && <p className="field-error" role="alert">{problem.text}{problem.requestId && <RequestId id={problem.requestId} />}</p>}
    </>
  )
}

function WhatWasRead({ read, ownCode }: { read: Read; ownCode: string }) {
  const { t } = useTranslation()
  const words = (keys: readonly (typeof licenceKeys)[number][]) => keys.map((key) => t(`company.field.${key}`)).join(t('common.list_separator'))
  if (read.creditCode !== null && read.creditCode !== ownCode) return <Notice tone="danger">{t('company.form.other_code', { code: read.creditCode, own: ownCode })}</Notice>
  const known = licenceKeys.filter((key) => read[key] !== null)
  const unknown = licenceKeys.filter((key) => read[key] === null)
  if (known.length === 0 && read.creditCode === null) return <Notice tone="warning">{t('company.form.read_nothing')}</Notice>
  return (
    <Notice tone={unknown.length > 0 || read.creditCode === null ? 'warning' : 'info'}>
      {known.length > 0 && <span>{t('company.form.read', { fields: words(known) })}</span>}
      {unknown.length > 0 && <span>{t('company.form.unread', { fields: words(unknown) })}</span>}
      <span>{t(read.creditCode === null ? 'company.form.no_code' : 'company.form.same_code')}</span>
    </Notice>
  )
}
