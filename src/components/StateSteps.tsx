import './state-steps.css'
import { useTranslation } from '#src/i18n/use-translation.ts'

export type StepAt = 'done' | 'failed' | 'open'

type Props = {
  /** Each bar, with the sentence that says the same to ears. */
  steps: readonly { key: string; at: StepAt; spoken: string }[]
  /** The present state in a word. */
  word: string
  isBad?: boolean
  isOver?: boolean
}

/** How far something has come: a bar for the eye, the same as text for ears, and the state in one word. */
export function StateSteps({ steps, word, isBad = false, isOver = false }: Props) {
  const { t } = useTranslation()
  return (
    <span className={`steps ${isBad ? 'bad' : isOver ? 'over' : ''}`}>
      <span className="dots" aria-hidden="true">{steps.map((step) => <i key={step.key} className={step.at} />)}</span>
      <span className="steps-word">{word}</span>
      <span className="hidden-text">{steps.map(({ spoken }) => spoken).join(t('common.list_separator'))}</span>
    </span>
  )
}
