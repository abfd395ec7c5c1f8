import { execa } from 'execa';

/** Git itself, or what it was asked for, is not there; the message says which. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/**
 * The files of a clone that differ from where it left another branch: committed, uncommitted and new ones.
 *
 * @param base a branch or commit.
 * @returns paths relative to the clone, with forward slashes.
 * @throws GitError when there is no such branch, or no repository.
 */
export async function changedFiles(root: string, base: string): Promise<readonly string[]> {
  const git = async (...args: readonly string[]): Promise<string[]> => {
    const { stdout, stderr, failed } = await execa('git', ['-C', root, ...args], { reject: false });
    if (failed) {
      const [reason = 'git cannot be started'] = stderr.split('\n').filter((line) => line !== '');
      throw new GitError(`git ${args[0]}: ${reason}`);
    }
    return stdout.split('\0').filter((path) => path !== '');
  };
  const [left = ''] = (await git('merge-base', base, 'HEAD')).map((text) => text.trim());
  const changed = await git('diff', '--name-only', '-z', '--relative', left);
  const added = await git('ls-files', '--others', '--exclude-standard', '-z');
  return [...new Set([...changed, ...added])];
}
