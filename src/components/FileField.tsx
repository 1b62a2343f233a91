import './file-field.css'
import { type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from './Button.tsx'
import { RequestId } from './FormError.tsx'
import type { FileState } from './use-file.ts'

type Props = {
  label: string
  /** What is taken. */
  rules: string
  /** Instead of the rules: the file that is there already and stays. */
  kept?: ReactNode
  file: FileState<unknown>
  endings: readonly string[]
  /** What is wrong with the form's file, e.g. that it is missing. */
  error?: string | undefined
  onFile: (file: File) => void
  onStop: () => void
  /** What is known about the file that arrived. */
  children?: ReactNode
}

/** A file of a form: dropped or chosen, and sent while the person goes on. */
export function FileField({ label, rules, kept, file, endings, error, onFile, onStop, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const before = useRef(file.at)
  // The pressed button leaves when a file is on its way, and comes back after it.
  useEffect(() => {
    if (before.current !== file.at && (document.activeElement === document.body || document.activeElement === null)) box.current?.focus()
    before.current = file.at
  }, [file.at])
  const choose = () => input.current?.click()
  return (
    <div role="group" aria-labelledby={id} ref={box} tabIndex={-1} className="file-field">
      <span className="label" id={id}>{label}</span>
      <input
        ref={input} type="file" accept={endings.join(',')} className="hidden-text" tabIndex={-1} aria-hidden="true"
        onChange={(event) => { const [chosen] = event.target.files ?? []; event.target.value = ''; if (chosen) onFile(chosen) }}
      />
      {file.at === 'none' && <Drop rules={kept ?? rules} onFile={onFile} onChoose={choose} />}
      {file.at === 'sending' && (
        <div className="file-drop">
          <p className="file-line"><span role="status">{t(file.percent < 100 ? 'upload.uploading' : 'upload.checking', { name: file.name })}</span><Button isSmall aria-label={t('upload.cancel_of', { name: file.name })} onPress={onStop}>{t('upload.cancel')}</Button></p>
          <progress {...(file.percent < 100 && { max: 100, value: file.percent })} aria-label={t('upload.uploading', { name: file.name })} />
          <p className="field-hint">{file.percent < 100 ? t('upload.percent', { percent: file.percent }) : rules}</p>
        </div>
      )}
      {file.at === 'sent' && (
        <div className="file-drop">
          <p className="file-line"><span>{t('upload.chosen', { name: file.name })}</span><Button isSmall onPress={choose}>{t('upload.replace')}</Button><Button isSmall variant="bare" onPress={onStop}>{t('upload.remove')}</Button></p>
        </div>
      )}
      {file.at === 'none' && file.problem && <p className="field-error" role="alert">{file.problem.text}{file.problem.requestId && <RequestId id={file.problem.requestId} />}</p>}
      {error && !(file.at === 'none' && file.problem) && <p className="field-error">{error}</p>}
      {children !== undefined && <div role="status" className="file-said">{children}</div>}
    </div>
  )
}

function Drop({ rules, onFile, onChoose }: { rules: ReactNode; onFile: (file: File) => void; onChoose: () => void }) {
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
    <div className={`file-drop ${isOver ? 'over' : ''}`} onDragEnter={hover} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <p className="file-line"><span className="only-desk">{t('upload.drop')}</span><Button isSmall onPress={onChoose}>{t('upload.choose')}</Button></p>
      <p className="field-hint">{rules}</p>
    </div>
  )
}
