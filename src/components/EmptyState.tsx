import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { paths } from '#src/paths.ts'
import { Button } from './Button.tsx'
import { StateArt } from './StateArt.tsx'

type Props = { title: string; text: string; action?: ReactNode } & (
  | { kind: 'nothing' }
  | { kind: 'no-match'; chips?: ReactNode; onClear: () => void }
  | { kind: 'no-right' }
)

/** Nothing there yet, nothing that fits, or no right: never the same drawing. */
export function EmptyState(props: Props) {
  const { t } = useTranslation()
  return (
    <div className="state">
      <StateArt kind={props.kind} />
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.kind === 'no-match' && props.chips && <div className="chips">{props.chips}</div>}
      <div className="acts">
        {props.action}
        {props.kind === 'no-match' && <Button onPress={props.onClear}>{t('common.filter.clear')}</Button>}
        {props.kind === 'no-right' && !props.action && <Link className="button" to={paths.home()}>{t('common.state.home')}</Link>}
      </div>
    </div>
  )
}
