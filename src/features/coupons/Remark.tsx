/** What the issuer noted; two lines, the whole of it on hover. */
export const Remark = ({ text }: { text: string }) => (text === '' ? <span className="quiet">–</span> : <span className="coupon-remark second" title={text}>{text}</span>)
