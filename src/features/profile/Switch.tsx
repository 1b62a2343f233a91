type Props = { label: string; isOn: boolean; isBusy: boolean; onTurn: () => void }

/** A switch whose effect is the server's to decide: it shows what is, not what was pressed. The words of the state stand beside it. */
export const Switch = ({ label, isOn, isBusy, onTurn }: Props) => (
  <button type="button" role="switch" className="switch" aria-checked={isOn} aria-label={label} {...(isBusy && { 'aria-busy': true, 'aria-disabled': true })} onClick={() => !isBusy && onTurn()} />
)
