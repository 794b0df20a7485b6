/** Tokens with the possibility to look ahead. */
import { Lexer } from './lexer.ts'
import type { Token } from './token.ts'

/** Hands out tokens and takes them back. */
export class TokenStream {
  readonly #lexer: Lexer
  /** Tokens that were put back, the next one last. */
  readonly #pending: Token[] = []
  #line = 1

  /** `functions` as for the lexer. */
  constructor(text: string, functions: { has(name: string): boolean }) {
    this.#lexer = new Lexer(text, functions)
  }

  /** Line of the last token that was read from the text: Go names it in errors, even after tokens were put back. */
  get line(): number {
    return this.#line
  }

  next(): Token {
    const pending = this.#pending.pop()
    if (pending !== undefined) return pending
    const token = this.#lexer.next()
    this.#line = token.line
    return token
  }

  /** Puts a token back: the one that `next` gives then. */
  back(token: Token): void {
    this.#pending.push(token)
  }

  peek(): Token {
    const token = this.next()
    this.#pending.push(token)
    return token
  }

  /** The next token that is no space; the spaces before are gone. */
  nextNonSpace(): Token {
    for (;;) {
      const token = this.next()
      if (token.type !== 'space') return token
    }
  }

  /** As `nextNonSpace`, but the token stays. */
  peekNonSpace(): Token {
    const token = this.nextNonSpace()
    this.#pending.push(token)
    return token
  }
}
