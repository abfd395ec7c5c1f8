/**
 * A bash script in spellings that just-bash 3.4 gets right, with all lines where they were. Each rule
 * stands for a construct that just-bash misreads and that careful scripts use.
 */
export function repaired(script: string): string {
  return (
    script
      .replaceAll('\r\n', '\n')
      // `for x; do` splits the arguments at blanks.
      .replace(/\bfor[ \t]+(\w+)(?=\s*;?\s*\bdo\b)/g, 'for $1 in "$@"')
      // In `case` and `[[ ]]`, a pattern with [!...] is taken for one without the `!`.
      .replace(/\[!(?=[^\s\]])/g, '[^')
      // `${a[@]+"${a[@]}"}` becomes one word.
      .replace(/"?\$\{(\w+)\[@\]:?\+"?\$\{\1\[@\]\}"?\}"?/g, '"${$1[@]}"')
      // In `${x//[$' \t']/_}`, the quoted part matches nothing.
      .replace(
        /(\$\{\w+\/{1,2}\[[^\]}\n]*?)\$'((?:\\.|[^'\\])*)'/g,
        (_, head: string, quoted: string) => head + quoted.replaceAll('\\t', '\t'),
      )
      // `((a>=b))`, `(( a - b ))` and `(( ! a ))` are read as redirections and commands.
      .replace(
        /(?<!\$|\bfor\s*)\(\(((?:[^()[\]]|\([^()]*\))*)\)\)/g,
        (_, inner: string) => `[[ $((${inner})) != 0 ]]`,
      )
  );
}
