import { CustomerSignInForm } from '#src/public/CustomerSignInForm.tsx'

/** Where somebody signs in with the vendor account. @param text why. */
export const Door = ({ text, onDone }: { text: string; onDone: () => void }) => <div className="my-door"><p className="second">{text}</p><CustomerSignInForm onDone={onDone} /></div>
