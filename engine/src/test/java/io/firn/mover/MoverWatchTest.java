package io.firn.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.cluster.MoverJobs.MoverSpec;
import io.firn.cluster.MoverJobs.State;
import io.firn.cluster.MoverTemplate;
import io.firn.fake.FakeCluster;
import io.firn.fake.Yaml;
import io.firn.graph.ObjectRef;
import io.firn.repository.TransferListener;
import io.firn.run.RunMarks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mover that does not start: its claim's events say why.
final class MoverWatchTest {
  @TempDir private Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void provisionerGone_isToldOnTheWay_andIsTheCauseInTheEnd() {
    FakeCluster cluster = new FakeCluster(folder);
    cluster.moverJobs().allEnd(new State.Waiting("Unschedulable: unbound claims"));
    ObjectRef job = cluster.moverJobs().start(spec());
    cluster
        .objects()
        .change(
            job,
            o ->
                o.withArray("/spec/template/spec/volumes")
                    .addObject()
                    .putObject("persistentVolumeClaim")
                    .put("claimName", "copy"));
    cluster
        .objects()
        .put(
            Yaml.object(
                """
                apiVersion: v1
                kind: Event
                metadata: {name: e, namespace: shop}
                involvedObject: {kind: PersistentVolumeClaim, name: copy}
                type: Normal
                reason: ExternalProvisioning
                message: Waiting for a volume to be created
                lastTimestamp: "2026-11-24T20:00:00Z"
                """));

    MoverWatch watch = new MoverWatch(cluster, told::add, Duration.ofMillis(50));
    assertThatThrownBy(
            () -> watch.follow(job, "shop/root", Duration.ofMillis(1500), TransferListener.SILENT))
        .hasMessageContaining("unbound claims")
        .hasMessageContaining("ExternalProvisioning: Waiting for a volume to be created");
    assertThat(told)
        .isNotEmpty()
        .allSatisfy(text ->
            assertThat(text)
                .contains("for the mover of shop/root to start")
                .contains("ExternalProvisioning"));
  }

  private static MoverSpec spec() {
    return new MoverSpec(
        "shop",
        "firn-r1-0",
        MoverTemplate.STANDARD,
        List.of(),
        List.of(),
        new RunMarks("r1", 0).forMovers(),
        0,
        Set.of(),
        Optional.empty());
  }
}
