/** Git repositories: on other machines, and what is known of files here. */
export { changedFiles, type ChangedFiles } from './changed-files.ts'
export { cloneRepository, type ClonedRepository } from './clone.ts'
export type { Commit } from './commit.ts'
export { lastCommits } from './last-commits.ts'
export { parseRemote, UnusableUrl, type RemoteRepository } from './remote-url.ts'
export { gitEnvironment, GitError } from './run-git.ts'
export { findWorkTree, type WorkTree } from './work-tree.ts'
export { readCommit } from './commit.ts'
