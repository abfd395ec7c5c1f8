/** The descriptor of the pipe between the host and the locator thread of a grading process. */
export const LOCATOR_FD = 4;
