import { useTranslation } from '#src/i18n/use-translation.ts'

/** The keys of the console. */
export function KeyList() {
  const { t } = useTranslation()
  const keys = [
    { key: 'Ctrl / ⌘ K', text: t('palette.key_palette') },
    { key: '/', text: t('palette.key_filter') },
    { key: '?', text: t('palette.key_keys') },
    { key: 'Esc', text: t('palette.key_close') },
  ]
  return <dl className="keys">{keys.map((one) => <div key={one.key}><dt>{one.text}</dt><dd><kbd>{one.key}</kbd></dd></div>)}</dl>
}
