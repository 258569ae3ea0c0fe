/** How much of a capture is read: stops for files that were made to fill a memory or to keep a program busy. */
export interface CaptureLimits {
  /** Of one file, decompressed. */
  readonly bytes: number;
  /** Objects and AWS answers of all files together: those that are kept, and those that nobody knows. */
  readonly objects: number;
}

/** Far above the largest clusters (Kubernetes is tested with 150,000 pods), and what a computer of 4 GB bears. */
export const CAPTURE_LIMITS: CaptureLimits = { bytes: 64 * 2 ** 30, objects: 2_000_000 };
