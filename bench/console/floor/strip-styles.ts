import MagicString from 'magic-string'
import { parseAst, Visitor, type Plugin } from 'vite'

const STYLE_FILE = /\/antd\/es\/.*\/style(\/.*)?\.js$/
const REGISTERS = /^gen(StyleHooks|SubStyleComponent|ComponentStyleHook)$/

/**
 * A vite plugin that empties the functions with which antd's components register their styles and their tokens. They only run
 * when styles are made in the browser; with a stylesheet made at build time they are dead, yet no bundler can tell.
 */
export function stripStyles(): Plugin {
  return {
    name: 'strip-antd-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!STYLE_FILE.test(id)) return null
      const edited = new MagicString(code)
      new Visitor({
        CallExpression({ callee, arguments: [, styles, tokens] }) {
          if (callee.type !== 'Identifier' || !REGISTERS.test(callee.name)) return
          if (styles) edited.overwrite(styles.start, styles.end, '() => []')
          if (tokens) edited.overwrite(tokens.start, tokens.end, 'undefined')
        },
      }).visit(parseAst(code))
      return edited.hasChanged() ? { code: edited.toString(), map: null } : null
    },
  }
}
