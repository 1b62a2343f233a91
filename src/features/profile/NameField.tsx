import { useTranslation } from '#src/i18n/use-translation.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'

type Props = { value: string; onChange: (text: string) => void; /** What is wrong with it, as a sentence. */ problem: string | undefined; isLocked?: boolean }

/** What an authenticator is called. */
export function NameField({ value, onChange, problem, isLocked = false }: Props) {
  const { t } = useTranslation()
  return (
    <Labelled label={t('authenticators.add.name')} hint={t('authenticators.add.name_hint')} error={problem}>
      {(wiring) => <TextInput {...wiring} name="name" value={value} onChange={onChange} maxLength={32} readOnly={isLocked} />}
    </Labelled>
  )
}
