import { CopyButton } from '#src/components/CopyButton.tsx'
import { Eye, useEyeLabel } from '#src/components/Eye.tsx'
import { useReveal } from '#src/components/use-reveal.ts'

/** @returns the clear name of a customer while it is revealed. */
export function useClearName(id: string): string | undefined {
  const revealed = useReveal()?.find(id, 'name')
  return revealed?.at === 'shown' ? (revealed.value ?? undefined) : undefined
}

/** The eye of a name that is a heading: beside it, so that the heading is the name and nothing else. @param label the field's words. */
export function NameEye({ id, label }: { id: string; label: string }) {
  const reveal = useReveal()
  const words = useEyeLabel(label)
  if (!reveal?.mayReveal) return null
  const revealed = reveal.find(id, 'name')
  return (
    <>
      <Eye
        label={words} reveal={reveal} hideAt={revealed?.at === 'shown' ? revealed.hideAt : undefined}
        state={revealed?.at === 'loading' ? 'loading' : revealed?.at === 'shown' ? 'shown' : 'masked'}
        onShow={() => reveal.show([id], ['name'])} onHide={() => reveal.hide([id], ['name'])}
      />
      {revealed?.at === 'shown' && revealed.value !== null && <CopyButton text={revealed.value} what={label} />}
    </>
  )
}
