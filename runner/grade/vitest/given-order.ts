import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Suites run in the order in which they are asked for. */
export class GivenOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files);
  }
}
