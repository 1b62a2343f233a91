import { useTranslation } from '#src/i18n/use-translation.ts'
import type { FieldProblem } from './steps.ts'

/** @returns a function that says in the present language what is wrong with a field. */
export function useProblemText(): { (problem: FieldProblem): string; (problem: FieldProblem | undefined): string | undefined } {
  const { t } = useTranslation()
  function tell(problem: FieldProblem): string
  function tell(problem: FieldProblem | undefined): string | undefined
  function tell(problem: FieldProblem | undefined): string | undefined {
    if (!problem) return undefined
    if ('text' in problem) return problem.text
    if (problem.key === 'password_short' || problem.key === 'password_different') return t(`session.${problem.key}`)
    return t(`invite_page.${problem.key}`)
  }
  return tell
}
