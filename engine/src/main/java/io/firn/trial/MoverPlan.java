package io.firn.trial;

import io.firn.cluster.MoverJobs;
import io.firn.cluster.MoverJobs.Manifests;
import io.firn.cluster.MoverJobs.Mount;
import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.cluster.MoverTemplate;
import io.firn.failure.ExitCode;
import io.firn.mover.MoverPod;
import io.firn.point.MoverAccess;
import io.firn.run.RunMarks;
import io.firn.run.VaultSecret;
import java.util.List;
import java.util.Optional;

/// How the movers of a run to come will look, for trials. `access` is absent where no vault was
/// named: then its mounts cannot be tried.
public record MoverPlan(
    MoverJobs jobs,
    RunMarks marks,
    MoverTemplate template,
    int retries,
    Optional<MoverAccess> access) {

  /// The mover of a claim, which it only reads (`export`) or fills. `USAGE` where movers of that
  /// namespace cannot reach the vault.
  public Manifests mover(String namespace, String claim, boolean block, boolean export) {
    String secret = VaultSecret.refOf(marks, namespace).name();
    List<Mount> mounts =
        access
            .map(a -> MoverPod.of(namespace, claim, block, export, a, secret).mounts())
            .orElseGet(() -> MoverPod.mounts(claim, block, export, secret));
    return jobs.manifests(
        new MoverSpec(
            namespace,
            claim,
            template,
            List.of("mover", export ? "backup" : "restore"),
            mounts,
            marks.forMovers(),
            retries,
            ExitCode.FOR_GOOD,
            access.flatMap(MoverAccess::serviceAccount)));
  }
}
