import { useTranslation } from '#src/i18n/use-translation.ts'
import type { IncentiveLine } from '#contract/incentives.ts'
import { Button } from '#src/components/Button.tsx'
import { whyNoFeedback } from './rules.ts'

type Props = { line: IncentiveLine; /** In the details, not in a row. */ isSmall?: boolean; onFeedback: (line: IncentiveLine) => void }

/** Opens the form for an objection to a line, or says why it takes none. */
export function FeedbackButton({ line, isSmall = false, onFeedback }: Props) {
  const { t } = useTranslation()
  const why = whyNoFeedback(line)
  return <Button variant={isSmall ? 'secondary' : 'row'} isSmall={isSmall} disabledReason={why && t(`incentives.feedback.${why}`)} onPress={() => onFeedback(line)}>{t('incentives.feedback.act')}</Button>
}
