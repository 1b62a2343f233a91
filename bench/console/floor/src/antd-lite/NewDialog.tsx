import Dialog from '#floor/antd-opt/NewDialog.tsx'
import { Antd } from './Antd.tsx'

export default function NewDialog({ onClose }: { onClose: () => void }) {
  return (
    <Antd>
      <Dialog onClose={onClose} />
    </Antd>
  )
}
