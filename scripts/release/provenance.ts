/**
 * Where a file comes from, as an in-toto statement with SLSA's provenance. What GitHub signs says the same with a
 * signature; this one can be read, and made, anywhere.
 */
export interface Built {
  readonly name: string;
  readonly sha256: string;
  readonly version: string;
  readonly target: string;
  readonly denoVersion: string;
  /** Commit that was built; with `+changes` where the tree had more. */
  readonly commit: string;
  readonly repository: string;
  readonly builder: string;
  readonly finishedAt: string;
}

export function provenanceOf(built: Built): Record<string, unknown> {
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: built.name, digest: { sha256: built.sha256 } }],
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: `${built.repository}/deno-compile@v1`,
        externalParameters: { version: built.version, target: built.target },
        internalParameters: { deno: built.denoVersion },
        resolvedDependencies: [{
          uri: `git+${built.repository}`,
          digest: { gitCommit: built.commit },
        }],
      },
      runDetails: {
        builder: { id: built.builder },
        metadata: { finishedOn: built.finishedAt },
      },
    },
  };
}
