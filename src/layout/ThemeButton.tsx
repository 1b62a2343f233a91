import { useTranslation } from '#src/i18n/use-translation.ts'
import { Icon } from '#src/components/Icon.tsx'
import { Menu } from '#src/components/Menu.tsx'
import { chooseTheme, useThemeChoice } from '#src/lib/theme.ts'

const choices = ['light', 'dark', 'system'] as const

/** Light, dark, or as the system. */
export function ThemeButton() {
  const { t } = useTranslation()
  const chosen = useThemeChoice()
  return (
    <Menu label={t('common.theme')} items={choices.map((one) => ({ kind: 'choice', key: one, label: t(`common.theme_${one}`), isChosen: chosen === one, onPress: () => chooseTheme(one) }))}>
      {({ onPress, ...trigger }) => <button type="button" className="tool" aria-label={t('common.theme')} onClick={onPress} {...trigger}><Icon name={chosen === 'dark' ? 'moon' : chosen === 'light' ? 'sun' : 'screen'} /></button>}
    </Menu>
  )
}
