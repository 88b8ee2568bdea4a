package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DataVolumes beside claims that are there already, as observed of CDI with its webhooks on.
class AdoptionTest {
  private static final String REFUSED =
      "admission webhook \"datavolume-validate.cdi.kubevirt.io\" denied the request: ";
  @TempDir static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(folder);
    cluster.namespace("ns");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String manifest(String name, String annotations, String source) {
    return """
    apiVersion: cdi.kubevirt.io/v1beta1
    kind: DataVolume
    metadata: {name: %s, namespace: ns, annotations: {%s}}
    spec:
      %s
      storage:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 32Mi}}
    """
        .formatted(name, annotations, source);
  }

  private static ObjectNode blank(String name, String annotations) {
    return cluster.create(CdiTypes.DATA_VOLUME, manifest(name, annotations, "source: {blank: {}}"));
  }

  private static void claim(String name, String annotations) {
    cluster.create(
        Types.CLAIM,
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: ns, annotations: {%s}}
        spec:
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 16Mi}}
        """
            .formatted(name, annotations));
    cluster.awaitPhase(Types.CLAIM, "ns", name, "Bound");
  }

  private static String populatedFor(String name) {
    return Keys.POPULATED_FOR + ": " + name;
  }

  private static String prePopulated(String name) {
    return Keys.PRE_POPULATED + ": " + name;
  }

  private static void assertOwned(String name) {
    ObjectNode volume = cluster.awaitPhase(CdiTypes.DATA_VOLUME, "ns", name, "Succeeded");
    ObjectNode claim = cluster.get(Types.CLAIM, "ns", name);
    assertThat(Meta.controlledBy(claim, Meta.uid(volume))).as("owner of " + claim).isTrue();
    assertThat(Meta.annotated(claim, Keys.POD_PHASE)).as("imported").isFalse();
    assertThat(text(volume, "status", "progress")).isEqualTo("N/A");
  }

  private static String refusal(Runnable create) {
    return catchThrowableOfType(ApiFailure.class, create::run).getMessage();
  }

  @Test
  void claimFilledForIt_isTakenAtOnceAndMarkedByTheMutator() {
    claim("filled", populatedFor("filled"));
    ObjectNode created = blank("filled", "");
    assertThat(Meta.annotated(created, Keys.PRE_POPULATED)).isTrue();
    assertOwned("filled");
  }

  @Test
  void deleted_takesTheClaimThatItAdopted() {
    claim("taken", populatedFor("taken"));
    blank("taken", "");
    assertOwned("taken");
    cluster.delete(CdiTypes.DATA_VOLUME, "ns", "taken");
    cluster.awaitGone(Types.CLAIM, "ns", "taken");
  }

  @Test
  void prePopulatedBeforeItsClaim_waitsAndThenTakesIt() {
    blank("early", prePopulated("early"));
    ObjectNode waiting =
        cluster.await(
            CdiTypes.DATA_VOLUME, "ns", "early", dv -> Fields.has(dv, "status", "conditions"));
    ObjectNode bound =
        Fields.named(Fields.at(waiting, "status", "conditions"), "type", "Bound").orElseThrow();
    assertThat(text(bound, "message")).isEqualTo("No PVC found");
    assertThat(text(waiting, "status", "phase")).isEqualTo("Pending");
    assertThat(cluster.client().get(Types.CLAIM, "ns", "early")).isEmpty();

    claim("early", populatedFor("early"));
    assertOwned("early");
  }

  @Test
  void prePopulatedBeforeAPlainClaim_staysPending() {
    blank("plain", prePopulated("plain"));
    claim("plain", "");
    blank("marker", "");
    cluster.awaitPhase(CdiTypes.DATA_VOLUME, "ns", "marker", "Succeeded");
    assertThat(text(cluster.get(CdiTypes.DATA_VOLUME, "ns", "plain"), "status", "phase"))
        .isEqualTo("Pending");
    assertThat(Meta.controller(cluster.get(Types.CLAIM, "ns", "plain"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bare1 | '' | ''",
        "bare2 | '' | cdi.kubevirt.io/storage.prePopulated: bare2",
        "other | cdi.kubevirt.io/storage.populatedFor: another | ''",
        "wrong | cdi.kubevirt.io/allowClaimAdoption: \"true\" | ''"
      })
  void claimInTheWay_isRefused(String name, String onClaim, String onVolume) {
    claim(name, onClaim);
    assertThat(refusal(() -> blank(name, onVolume)))
        .isEqualTo(REFUSED + " Destination PVC ns/" + name + " already exists");
  }

  @Test
  void claimAdoption_takesAPlainClaim() {
    claim("adopted", "");
    blank("adopted", "cdi.kubevirt.io/allowClaimAdoption: \"true\"");
    assertOwned("adopted");
  }

  @Test
  void cloneSourceGone_doesNotMatterWhereTheClaimIsFilled() {
    claim("clone", populatedFor("clone"));
    cluster.create(
        CdiTypes.DATA_VOLUME,
        manifest("clone", prePopulated("clone"), "source: {pvc: {namespace: ns, name: gone}}"));
    assertOwned("clone");
  }

  @Test
  void cloneSourceGone_freshVolumeWaitsWithoutPhase() {
    ObjectNode created =
        cluster.create(
            CdiTypes.DATA_VOLUME,
            manifest("fresh", "", "source: {pvc: {namespace: ns, name: gone}}"));
    assertThat(Meta.annotated(created, Keys.CLONE_TOKEN)).isTrue();
    ObjectNode seen =
        cluster.await(
            CdiTypes.DATA_VOLUME, "ns", "fresh", dv -> Fields.has(dv, "status", "conditions"));
    assertThat(text(seen, "status", "phase")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source: {pvc: {namespace: elsewhere, name: x}} | namespaces \"elsewhere\" not found",
        "sourceRef: {kind: DataSource, name: gone}"
            + " | datasources.cdi.kubevirt.io \"gone\" not found",
        "contentType: kubevirt | Data volume should have either Source or SourceRef, or be"
            + " externally populated",
        "source: {blank: {}, upload: {}} | Multiple Data volume sources",
        "source: {http: {url: \"\"}} | spec.source source URL is empty",
        "source: {http: {url: \"ftp://x\"}} | spec.source Invalid source URL scheme: ftp://x"
      })
  void specThatIsWrong_isRefused(String source, String text) {
    assertThat(
            refusal(() -> cluster.create(CdiTypes.DATA_VOLUME, manifest("wrong-spec", "", source))))
        .endsWith(text);
  }

  @Test
  void sizeMissing_isRefused() {
    String manifest =
        manifest("no-size", "", "source: {blank: {}}")
            .replace("resources: {requests: {storage: 32Mi}}", "");
    assertThat(refusal(() -> cluster.create(CdiTypes.DATA_VOLUME, manifest)))
        .isEqualTo(REFUSED + " Storage size is missing");
  }

  @Test
  void specChange_isRefused() {
    blank("fixed", "");
    assertThat(
            refusal(() ->
                cluster
                    .client()
                    .modify(
                        CdiTypes.DATA_VOLUME,
                        new io.firn.simulator.client.ObjectKey("ns", "fixed"),
                        dv -> Fields.object(dv, "spec").put("preallocation", true))))
        .endsWith("Cannot update DataVolume Spec");
  }
}
