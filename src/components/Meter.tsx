/** A share of a whole: grey below 75 %, then a warning, full from 100 %. @param percent may be above 100. */
export const Meter = ({ percent }: { percent: number }) => (
  <span className={`meter ${percent >= 100 ? 'full' : percent >= 75 ? 'warn' : ''}`}>
    <i aria-hidden="true" style={{ backgroundSize: `${Math.min(100, Math.max(0, percent))}% 100%` }} />{percent}%
  </span>
)
