import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { stepsOf } from './steps.ts'
import type { Acceptance } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

type Props = {
  flow: Acceptance
  title: string
  children: ReactNode
  /** The words of the button that goes on; without them the step has its own. */
  button?: string
  onSubmit?: () => void
  /** Beside or under the buttons. */
  aside?: ReactNode
}

/** The frame of a step: where one is, its heading, what is wrong, and the buttons. The heading takes the focus when the step opens, the first field at fault when
 *  something has to be corrected. */
export function StepForm({ flow, title, children, button, onSubmit, aside }: Props) {
  const { t } = useTranslation()
  const { place, problems, moves } = flow.state
  const steps = stepsOf(flow.situation, place.way)
  const box = useRef<HTMLFormElement>(null)
  const hasMoved = moves > 0
  useEffect(() => {
    const wrong = Object.keys(problems).length > 0 ? box.current?.querySelector<HTMLElement>('[aria-invalid]') : undefined
    if (wrong) wrong.focus()
  }, [problems])
  useEffect(() => {
    if (hasMoved && !box.current?.querySelector('[aria-invalid]')) box.current?.querySelector('h1')?.focus()
  }, [hasMoved, place.step])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  return (
    <form ref={box} noValidate className="public-form" data-step={place.step} onSubmit={submit}>
      <div className="step-head">
        <p className="caption">{t('invite_page.step', { n: steps.indexOf(place.step) + 1, total: steps.length })}</p>
        <h1 tabIndex={-1}>{title}</h1>
      </div>
      <ProblemList flow={flow} form={box} />
      {children}
      <div className="public-acts">
        {flow.back && <Button onPress={flow.back}>{t('invite_page.back')}</Button>}
        {button !== undefined && <Button type="submit" variant="primary" isBusy={flow.attempt.isBusy}>{button}</Button>}
      </div>
      {aside}
    </form>
  )
}

/** All that has to be corrected in one place, each with the way to its field. */
function ProblemList({ flow, form }: { flow: Acceptance; form: React.RefObject<HTMLFormElement | null> }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const wrong = Object.entries(flow.state.problems)
  if (wrong.length === 0) return null
  return (
    <div className="note danger" role="alert">
      <Icon name="danger" />
      <div className="note-text">
        <span className="strong">{t('invite_page.wrong_title', { count: wrong.length })}</span>
        <ul className="wrong-list">
          {wrong.map(([name, problem]) => <li key={name}><button type="button" className="text-link" onClick={() => form.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus()}>{tell(problem)}</button></li>)}
        </ul>
      </div>
    </div>
  )
}
