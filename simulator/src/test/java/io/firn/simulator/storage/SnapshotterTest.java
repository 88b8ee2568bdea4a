package io.firn.simulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.faults.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotterTest {
  @TempDir static Path folder;
  private static TestCluster test;

  @BeforeAll
  static void start() {
    test = new TestCluster(folder);
    test.namespace("shop");
    test.namespace("vault");
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  private static void boundClaim(String name, String rest) {
    test.claim("shop", name, "Block", rest);
    test.awaitPhase(Types.CLAIM, "shop", name, "Bound");
  }

  private static void snapshot(String name, String claim) {
    test.create(
        Types.SNAPSHOT,
        """
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: %s, namespace: shop}
        spec: {source: {persistentVolumeClaimName: %s}}
        """
            .formatted(name, claim));
  }

  private static boolean isReady(ObjectNode object) {
    return Fields.at(object, "status", "readyToUse").asBoolean();
  }

  private static ObjectNode ready(String name) {
    return test.await(Types.SNAPSHOT, "shop", name, SnapshotterTest::isReady);
  }

  private static ObjectNode content(ObjectNode snapshot) {
    String name = Fields.text(snapshot, "status", "boundVolumeSnapshotContentName");
    return test.get(Types.SNAPSHOT_CONTENT, "", name);
  }

  @Test
  void snapshot_isCutFirstAndReadyLater() {
    boundClaim("data", "");
    test.cluster()
        .faults()
        .add(new Fault.SlowSnapshot("shop", "data", Duration.ZERO, Duration.ofMillis(800), 2));
    snapshot("nightly", "data");

    ObjectNode cut =
        test.await(
            Types.SNAPSHOT, "shop", "nightly", one -> Fields.has(one, "status", "creationTime"));
    assertThat(isReady(cut)).isFalse();
    assertThat(
            Meta.hasFinalizer(test.get(Types.CLAIM, "shop", "data"), StorageNames.CLAIM_AS_SOURCE))
        .isTrue();
    ObjectNode ready = ready("nightly");
    assertThat(Fields.text(ready, "status", "restoreSize")).isEqualTo("16Mi");
    assertThat(Fields.text(ready, "spec", "volumeSnapshotClassName")).isEqualTo("fast");
    assertThat(Meta.hasFinalizer(ready, StorageNames.SNAPSHOT_BOUND)).isTrue();
    ObjectNode content = content(ready);
    assertThat(Meta.name(content)).isEqualTo("snapcontent-" + Meta.uid(ready));
    assertThat(Meta.annotated(content, StorageNames.BEING_CREATED)).isFalse();
    assertThat(Fields.text(content, "spec", "sourceVolumeMode")).isEqualTo("Block");
    assertThat(Fields.at(content, "status", "creationTime").asLong())
        .isGreaterThan(1_700_000_000_000_000_000L);
    test.await(
        Types.CLAIM, "shop", "data", one -> !Meta.hasFinalizer(one, StorageNames.CLAIM_AS_SOURCE));
  }

  @Test
  void snapshot_whoseDriverFailsFirst_getsThereInTheEnd() {
    boundClaim("flaky", "");
    test.cluster().faults().add(new Fault.FailingSnapshot("shop", "flaky", "backend busy", 2));
    snapshot("flaky", "flaky");

    ObjectNode failed =
        test.await(Types.SNAPSHOT, "shop", "flaky", one -> Fields.has(one, "status", "error"));
    assertThat(Fields.text(failed, "status", "error", "message")).contains("backend busy");
    assertThat(Fields.has(ready("flaky"), "status", "error")).isFalse();
  }

  @Test
  void snapshot_ofADriverWithoutClass_saysSo() {
    boundClaim("plain", "storageClassName: plain");
    snapshot("plain", "plain");

    ObjectNode failed =
        test.await(Types.SNAPSHOT, "shop", "plain", one -> Fields.has(one, "status", "error"));
    assertThat(Fields.text(failed, "status", "error", "message"))
        .isEqualTo(
            "Failed to set default snapshot class with error cannot find default snapshot class");
  }

  @Test
  void deletedSnapshot_takesItsContentAndItsBytesAlong() throws Exception {
    boundClaim("short", "");
    snapshot("short", "short");
    ObjectNode content = content(ready("short"));
    String handle = Fields.text(content, "status", "snapshotHandle");
    assertThat(folder.resolve("storage/snapshots").resolve(handle)).exists();

    test.delete(Types.SNAPSHOT, "shop", "short");
    test.awaitGone(Types.SNAPSHOT, "shop", "short");
    test.awaitGone(Types.SNAPSHOT_CONTENT, "", Meta.name(content));
    assertThat(folder.resolve("storage/snapshots").resolve(handle)).doesNotExist();
  }

  /// How a snapshot is taken over into another namespace: content retained, objects deleted, a new
  /// pair that names the handle.
  @Test
  void retainedHandle_boundStatically_isReadyElsewhere() {
    boundClaim("moving", "");
    snapshot("moving", "moving");
    ObjectNode content = content(ready("moving"));
    String handle = Fields.text(content, "status", "snapshotHandle");
    test.client()
        .modify(
            Types.SNAPSHOT_CONTENT,
            ObjectKey.of(content),
            one -> Fields.object(one, "spec").put("deletionPolicy", "Retain"));
    test.delete(Types.SNAPSHOT, "shop", "moving");
    test.awaitGone(Types.SNAPSHOT, "shop", "moving");
    test.delete(Types.SNAPSHOT_CONTENT, "", Meta.name(content));
    test.awaitGone(Types.SNAPSHOT_CONTENT, "", Meta.name(content));

    test.create(
        Types.SNAPSHOT_CONTENT,
        """
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshotContent
        metadata: {name: taken-over}
        spec:
          deletionPolicy: Delete
          driver: csi.simulator.firn.io
          source: {snapshotHandle: %s}
          sourceVolumeMode: Block
          volumeSnapshotRef: {name: taken-over, namespace: vault}
        """
            .formatted(handle));
    test.create(
        Types.SNAPSHOT,
        """
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: taken-over, namespace: vault}
        spec: {source: {volumeSnapshotContentName: taken-over}}
        """);

    ObjectNode bound = test.await(Types.SNAPSHOT, "vault", "taken-over", SnapshotterTest::isReady);
    assertThat(Fields.text(bound, "status", "restoreSize")).isEqualTo("16Mi");
    assertThat(
            Fields.text(
                test.get(Types.SNAPSHOT_CONTENT, "", "taken-over"),
                "spec",
                "volumeSnapshotRef",
                "uid"))
        .isEqualTo(Meta.uid(bound));
  }

  @Test
  void restoredClaim_smallerThanTheSnapshot_isRefused() {
    boundClaim("big", "");
    snapshot("big", "big");
    ready("big");
    test.create(
        Types.CLAIM,
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: small, namespace: shop}
        spec:
          accessModes: [ReadWriteOnce]
          volumeMode: Block
          resources: {requests: {storage: 8Mi}}
          dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: big}
        """);

    ObjectNode event = test.awaitEvent("shop", "small", "ProvisioningFailed");
    assertThat(Fields.text(event, "message"))
        .contains("requested volume size 8388608 is less than the size 16777216");
    assertThat(Fields.text(test.get(Types.CLAIM, "shop", "small"), "status", "phase"))
        .isEqualTo("Pending");
  }

  @Test
  void deletedSnapshot_thatAClaimIsStillToBeMadeFrom_waits() {
    boundClaim("slow-source", "");
    snapshot("needed", "slow-source");
    ready("needed");
    test.claim(
        "shop",
        "not-yet",
        "Block",
        """
        storageClassName: fast-wffc
        dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: needed}
        """);
    test.awaitEvent("shop", "not-yet", "WaitForFirstConsumer");

    test.delete(Types.SNAPSHOT, "shop", "needed");
    ObjectNode held = test.await(Types.SNAPSHOT, "shop", "needed", Meta::deleting);
    assertThat(Meta.hasFinalizer(held, StorageNames.SNAPSHOT_AS_SOURCE)).isTrue();
    test.create(
        Types.POD,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: consumer, namespace: shop}
        spec:
          restartPolicy: Never
          volumes: [{name: data, persistentVolumeClaim: {claimName: not-yet}}]
          containers: [{name: main, image: shell, args: ["true"]}]
        """);

    test.awaitPhase(Types.CLAIM, "shop", "not-yet", "Bound");
    test.awaitGone(Types.SNAPSHOT, "shop", "needed");
  }

  @Test
  void restoredClaim_ofAnotherMode_needsPermission() {
    boundClaim("moded", "");
    snapshot("moded", "moded");
    ready("moded");
    test.claim(
        "shop",
        "other-mode",
        "Filesystem",
        "dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: moded}");

    ObjectNode event = test.awaitEvent("shop", "other-mode", "ProvisioningFailed");
    assertThat(Fields.text(event, "message")).contains("modifies the mode of the source volume");
  }
}
