/** The descriptor of the pipe between the host and a grading process: the locator answers on it. */
export const LOCATOR_FD = 4;

/** In the folder of a grading process: what it should have ready. */
export const PROFILE_FILE = '.profile.json';
