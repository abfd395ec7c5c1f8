/**
 * Whether the terminal makes OSC 8 sequences clickable, as far as its environment tells. VS Code's
 * terminal is left out on purpose: it finds paths in the text by itself, and opens them in the editor.
 */
export function supportsLinks(environment: NodeJS.ProcessEnv): boolean {
  const { TERM_PROGRAM = '', TERM = '', VTE_VERSION = '' } = environment;
  if (TERM_PROGRAM === 'vscode') return false;
  return (
    ['iTerm.app', 'WezTerm', 'ghostty', 'Hyper', 'Tabby', 'rio'].includes(TERM_PROGRAM) ||
    ['xterm-kitty', 'xterm-ghostty', 'alacritty', 'foot'].includes(TERM) ||
    Number(VTE_VERSION) >= 5000 ||
    'WT_SESSION' in environment ||
    'KONSOLE_VERSION' in environment
  );
}
