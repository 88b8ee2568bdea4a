package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.VolumeSnapshots;
import io.firn.cluster.VolumeSnapshots.ClassChoice;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.simulator.world.InEveryWorld;
import io.firn.simulator.world.Need;
import io.firn.simulator.world.Needs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// VolumeSnapshots on a server without a CSI driver: the test plays it.
@InEveryWorld
@Needs(Need.NO_CONTROLLERS)
class CsiVolumeSnapshotsTest {
  private static final String DEFAULT = "snapshot.storage.kubernetes.io/is-default-class";

  private SimulatedApi api;
  private VolumeSnapshots snapshots;

  @BeforeEach
  void start(@TempDir Path directory) {
    api = new SimulatedApi(directory);
    api.makeNamespace("shop");
    for (ResourceKind kind :
        new ResourceKind[] {
          Kinds.VOLUME_SNAPSHOT, Kinds.VOLUME_SNAPSHOT_CLASS, Kinds.STORAGE_PROFILE
        }) {
      if (api.admin().objects().served(kind.apiGroup(), kind.kind()).isEmpty()) {
        api.serve(kind);
      }
    }
    snapshots = api.admin().volumeSnapshots();
    ObjectNode storageClass = clusterObject(Kinds.STORAGE_CLASS, "fast");
    api.admin().objects().create(storageClass.put("provisioner", "csi.example"), false);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void classFor_onlyClassOfTheDriver_isChosen() {
    snapshotClass("other", "another.example", false);
    snapshotClass("only", "csi.example", false);
    assertThat(snapshots.classFor("fast")).isEqualTo(new ClassChoice.Chosen("only", "csi.example"));
  }

  @Test
  void classFor_severalClasses_takesTheDefault() {
    snapshotClass("a", "csi.example", false);
    snapshotClass("b", "csi.example", true);
    assertThat(snapshots.classFor("fast")).isEqualTo(new ClassChoice.Chosen("b", "csi.example"));
  }

  @Test
  void classFor_severalClassesWithoutDefault_isNone() {
    snapshotClass("a", "csi.example", false);
    snapshotClass("b", "csi.example", false);
    assertThat(snapshots.classFor("fast")).isInstanceOf(ClassChoice.None.class);
  }

  @Test
  void classFor_profile_wins() {
    snapshotClass("a", "csi.example", true);
    snapshotClass("profiled", "csi.example", false);
    ObjectNode profile = clusterObject(Kinds.STORAGE_PROFILE, "fast");
    profile.putObject("spec");
    api.admin().objects().create(profile, false);
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.putObject("status").put("snapshotClass", "profiled");
    api.admin().objects().mergePatch(ObjectRef.of(Kinds.STORAGE_PROFILE, "", "fast"), status, true);
    assertThat(snapshots.classFor("fast"))
        .isEqualTo(new ClassChoice.Chosen("profiled", "csi.example"));
  }

  @Test
  void classFor_noClassOfTheDriver_saysWhy() {
    assertThat(snapshots.classFor("fast"))
        .isInstanceOfSatisfying(
            ClassChoice.None.class, none -> assertThat(none.reason()).contains("csi.example"));
    assertThat(snapshots.classFor("absent"))
        .isInstanceOfSatisfying(
            ClassChoice.None.class, none -> assertThat(none.reason()).contains("absent"));
  }

  @Test
  void state_followsTheDriver() {
    ObjectRef claim = ObjectRef.of(Kinds.CLAIM, "shop", "root");
    ObjectRef snapshot =
        snapshots.create("s", claim, "only", Map.of("firn.io/run", "r1"), Map.of());
    assertThat(snapshots.state(snapshot))
        .isEqualTo(
            new VolumeSnapshots.State(
                Optional.empty(), false, 0, Optional.empty(), Optional.empty()));
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode status = patch.putObject("status");
    status.put("creationTime", "2026-11-24T10:00:00Z").put("readyToUse", true);
    status.put("restoreSize", "2Gi").put("boundVolumeSnapshotContentName", "c");
    api.admin().objects().mergePatch(snapshot, patch, true);
    assertThat(snapshots.state(snapshot))
        .isEqualTo(
            new VolumeSnapshots.State(
                Optional.of(Instant.parse("2026-11-24T10:00:00Z")),
                true,
                2L << 30,
                Optional.empty(),
                Optional.of("c")));
    snapshots.delete(snapshot);
    snapshots.delete(snapshot);
  }

  private void snapshotClass(String name, String driver, boolean isDefault) {
    ObjectNode object = clusterObject(Kinds.VOLUME_SNAPSHOT_CLASS, name);
    object.put("driver", driver).put("deletionPolicy", "Delete");
    if (isDefault) {
      object.withObject("/metadata/annotations").put(DEFAULT, "true");
    }
    api.admin().objects().create(object, false);
  }

  private static ObjectNode clusterObject(ResourceKind kind, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    object.putObject("metadata").put("name", name);
    return object;
  }
}
