package io.firn.simulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionerTest {
  @TempDir static Path folder;
  private static TestCluster test;

  @BeforeAll
  static void start() {
    test = new TestCluster(folder);
    test.namespace("shop");
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  private static ObjectNode bound(String name) {
    return test.awaitPhase(Types.CLAIM, "shop", name, "Bound");
  }

  private static Path path(ObjectNode claim) {
    return test.cluster().volumeStore().path(Fields.text(claim, "spec", "volumeName"));
  }

  private static void pod(String name, String claim) {
    test.create(
        Types.POD,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: shop}
        spec:
          terminationGracePeriodSeconds: 0
          restartPolicy: Never
          volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]
          containers:
            - name: main
              image: shell
              args: ["sleep 600"]
        """
            .formatted(name, claim));
  }

  /// Nothing else happens where a provisioner is gone.
  @Test
  void claim_ofAProvisionerThatIsNotThere_saysSoInAnEvent() {
    test.create(
        Types.STORAGE_CLASS,
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: gone}
        provisioner: gone.example.com
        """);
    test.claim("shop", "orphan", "Block", "storageClassName: gone");
    ObjectNode event = test.awaitEvent("shop", "orphan", "ExternalProvisioning");
    assertThat(Fields.text(event, "message")).contains("'gone.example.com'");
    ObjectNode claim = test.get(Types.CLAIM, "shop", "orphan");
    assertThat(Meta.annotation(claim, "volume.kubernetes.io/storage-provisioner"))
        .isEqualTo("gone.example.com");
    assertThat(Fields.text(claim, "status", "phase")).isEqualTo("Pending");
  }

  @Test
  void claim_ofADefaultClass_isBoundAsTheRealOneDoes() {
    test.claim("shop", "plain", "Block", "");
    ObjectNode claim = bound("plain");

    assertThat(Fields.text(claim, "spec", "storageClassName")).isEqualTo("fast");
    assertThat(Meta.annotation(claim, "pv.kubernetes.io/bind-completed")).isEqualTo("yes");
    assertThat(Meta.annotation(claim, "pv.kubernetes.io/bound-by-controller")).isEqualTo("yes");
    assertThat(Meta.annotation(claim, "volume.kubernetes.io/storage-provisioner"))
        .isEqualTo("csi.simulator.firn.io");
    assertThat(Meta.hasFinalizer(claim, "kubernetes.io/pvc-protection")).isTrue();
    assertThat(Fields.text(claim, "status", "capacity", "storage")).isEqualTo("16Mi");
    ObjectNode volume = test.get(Types.VOLUME, "", "pvc-" + Meta.uid(claim));
    assertThat(Fields.text(volume, "spec", "claimRef", "uid")).isEqualTo(Meta.uid(claim));
    assertThat(Fields.text(volume, "spec", "csi", "driver")).isEqualTo("csi.simulator.firn.io");
    assertThat(Fields.text(volume, "spec", "persistentVolumeReclaimPolicy")).isEqualTo("Delete");
    assertThat(Fields.text(volume, "status", "phase")).isEqualTo("Bound");
    assertThat(path(claim)).hasSize(16 << 20);
  }

  @Test
  void claim_waitingForItsFirstConsumer_isBoundWhenAPodComes() {
    test.claim("shop", "lazy", "Filesystem", "storageClassName: fast-wffc");
    test.awaitEvent("shop", "lazy", "WaitForFirstConsumer");
    assertThat(Fields.text(test.get(Types.CLAIM, "shop", "lazy"), "status", "phase"))
        .isEqualTo("Pending");

    pod("consumer", "lazy");

    ObjectNode claim = bound("lazy");
    assertThat(Meta.annotation(claim, "volume.kubernetes.io/selected-node")).isEqualTo("node1");
    test.awaitPhase(Types.POD, "shop", "consumer", "Running");
  }

  @Test
  void deletedClaim_inUse_waitsForItsPodAndThenTakesItsVolumeAlong() {
    test.claim("shop", "used", "Filesystem", "");
    ObjectNode claim = bound("used");
    pod("user", "used");
    test.awaitPhase(Types.POD, "shop", "user", "Running");

    test.delete(Types.CLAIM, "shop", "used");
    ObjectNode held = test.await(Types.CLAIM, "shop", "used", Meta::deleting);
    assertThat(Meta.hasFinalizer(held, "kubernetes.io/pvc-protection")).isTrue();
    assertThat(path(claim)).exists();

    test.delete(Types.POD, "shop", "user");
    test.awaitGone(Types.CLAIM, "shop", "used");
    test.awaitGone(Types.VOLUME, "", Fields.text(claim, "spec", "volumeName"));
    assertThat(path(claim)).doesNotExist();
  }

  @Test
  void retainedVolume_ofADeletedClaim_isReleasedWithItsBytes() {
    test.claim("shop", "kept", "Block", "");
    ObjectNode claim = bound("kept");
    String volume = Fields.text(claim, "spec", "volumeName");
    test.client()
        .modify(
            Types.VOLUME,
            new ObjectKey("", volume),
            one -> Fields.object(one, "spec").put("persistentVolumeReclaimPolicy", "Retain"));
    test.delete(Types.CLAIM, "shop", "kept");
    test.awaitGone(Types.CLAIM, "shop", "kept");

    test.awaitPhase(Types.VOLUME, "", volume, "Released");
    assertThat(path(claim)).exists();
  }

  @Test
  void boundClaim_whoseVolumeIsGone_isLost() {
    test.claim("shop", "unlucky", "Block", "");
    String volume = Fields.text(bound("unlucky"), "spec", "volumeName");
    test.client()
        .modify(
            Types.VOLUME,
            new ObjectKey("", volume),
            one -> Meta.removeFinalizer(one, "kubernetes.io/pv-protection"));
    test.delete(Types.VOLUME, "", volume);

    test.awaitPhase(Types.CLAIM, "shop", "unlucky", "Lost");
    test.awaitEvent("shop", "unlucky", "ClaimLost");
  }

  @Test
  void clonedClaim_hasTheContentOfItsSource() throws Exception {
    test.claim("shop", "original", "Filesystem", "");
    Files.writeString(path(bound("original")).resolve("disk.img"), "rows");
    test.claim(
        "shop", "clone", "Filesystem", "dataSource: {kind: PersistentVolumeClaim, name: original}");

    assertThat(path(bound("clone")).resolve("disk.img")).hasContent("rows");
  }

  @Test
  void claim_askingForMore_grows() {
    test.claim("shop", "growing", "Block", "");
    ObjectNode claim = bound("growing");
    test.client()
        .modify(
            Types.CLAIM,
            ObjectKey.of(claim),
            one -> Fields.object(one, "spec", "resources", "requests").put("storage", "32Mi"));

    test.await(
        Types.CLAIM,
        "shop",
        "growing",
        one -> Fields.text(one, "status", "capacity", "storage").equals("32Mi"));
    assertThat(path(claim)).hasSize(32 << 20);
  }

  @Test
  void claim_ofAnAbsentClass_staysPendingAndSaysWhy() {
    test.claim("shop", "odd", "Block", "storageClassName: nowhere");

    ObjectNode event = test.awaitEvent("shop", "odd", "ProvisioningFailed");
    assertThat(Fields.text(event, "message"))
        .isEqualTo("storageclass.storage.k8s.io \"nowhere\" not found");
  }
}
