/** The server must not start like this. Its message is for the person who started it: one sentence on what is wrong and the way out. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
}
