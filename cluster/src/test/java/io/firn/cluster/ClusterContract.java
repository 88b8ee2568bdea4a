package io.firn.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.cluster.ClusterException.Code;
import io.firn.cluster.ClusterObjects.Propagation;
import io.firn.cluster.rights.MissingRights;
import io.firn.cluster.rights.Right;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every cluster behind [ClusterObjects] does. Subclasses give a cluster with a namespace
/// `firn-contract` that is empty before each test, seen by a user who may do everything.
public abstract class ClusterContract {
  protected static final String NAMESPACE = "firn-contract";
  private static final Duration SOON = Duration.ofSeconds(10);

  protected abstract Cluster cluster();

  /// The same cluster, seen by a user who may do nothing.
  protected abstract Cluster powerless();

  /// The same cluster, with credentials that it does not know.
  protected abstract Cluster unknown();

  @Test
  void create_thenGet_returnsWhatWasCreated() {
    ObjectNode created = objects().create(configMap("one", "v"), false);
    assertThat(created.path("metadata").path("uid").asText()).isNotEmpty();
    assertThat(objects().get(ref("one"))).contains(created);
  }

  @Test
  void get_absentObject_isEmpty() {
    assertThat(objects().get(ref("nobody"))).isEmpty();
  }

  @Test
  void get_unservedKind_isEmpty() {
    assertThat(objects().get(new ObjectRef("no.such.group", "Thing", NAMESPACE, "x"))).isEmpty();
  }

  @Test
  void served_builtInKind_hasPluralAndScope() {
    assertThat(objects().served("", "Namespace")).contains(Kinds.NAMESPACE);
    assertThat(objects().served("batch", "Job")).contains(Kinds.JOB);
    assertThat(objects().served("no.such.group", "Thing")).isEmpty();
  }

  @Test
  void create_unservedKind_isNotServed() {
    ObjectNode object = object("no.such.group/v1", "Thing", "x");
    assertCode(() -> objects().create(object, false), Code.NOT_SERVED)
        .hasMessageContaining("Thing " + NAMESPACE + "/x");
  }

  @Test
  void create_dryRun_leavesNothing() {
    ObjectNode tried = objects().create(configMap("dry", "v"), true);
    assertThat(tried.path("metadata").path("name").asText()).isEqualTo("dry");
    assertThat(objects().get(ref("dry"))).isEmpty();
  }

  @Test
  void create_existing_isRefused() {
    objects().create(configMap("twice", "v"), false);
    assertCode(() -> objects().create(configMap("twice", "v"), false), Code.ALREADY_EXISTS)
        .hasMessageContaining("ConfigMap " + NAMESPACE + "/twice");
  }

  @Test
  void create_inAbsentNamespace_isNotFound() {
    ObjectNode object = configMap("lost", "v");
    object.withObject("/metadata").put("namespace", "nowhere");
    assertCode(() -> objects().create(object, false), Code.NOT_FOUND)
        .hasMessageContaining("nowhere");
  }

  @Test
  void create_invalidObject_isRejectedWithTheServersWords() {
    ObjectNode claim = object("v1", "PersistentVolumeClaim", "Not_A_Name");
    claim.putObject("spec");
    assertCode(() -> objects().create(claim, false), Code.REJECTED)
        .hasMessageContaining("Not_A_Name");
  }

  @Test
  void create_overQuota_isQuota() {
    ObjectNode quota = object("v1", "ResourceQuota", "few");
    quota.putObject("spec").putObject("hard").put("persistentvolumeclaims", "0");
    objects().create(quota, false);
    ObjectNode counted = JsonNodeFactory.instance.objectNode();
    ObjectNode status = counted.putObject("status");
    status.putObject("hard").put("persistentvolumeclaims", "0");
    status.putObject("used").put("persistentvolumeclaims", "0");
    objects().mergePatch(new ObjectRef("", "ResourceQuota", NAMESPACE, "few"), counted, true);
    ObjectNode claim = object("v1", "PersistentVolumeClaim", "one-too-many");
    ObjectNode spec = claim.putObject("spec");
    spec.putArray("accessModes").add("ReadWriteOnce");
    spec.putObject("resources").putObject("requests").put("storage", "1Gi");
    assertCode(() -> objects().create(claim, true), Code.QUOTA)
        .hasMessageContaining("exceeded quota");
  }

  @Test
  void list_severalPages_returnsAllWithKind() {
    for (int i = 0; i < 501; i++) {
      objects().create(configMap("page-" + i, "v"), false);
    }
    List<ObjectNode> all = objects().list(Kinds.CONFIG_MAP, NAMESPACE, "");
    assertThat(all).hasSizeGreaterThanOrEqualTo(501);
    assertThat(all).allMatch(o -> o.path("kind").asText().equals("ConfigMap"));
    assertThat(all).allMatch(o -> o.path("apiVersion").asText().equals("v1"));
  }

  @Test
  void list_labelSelector_selects() {
    ObjectNode labelled = configMap("labelled", "v");
    labelled.withObject("/metadata/labels").put("color", "red");
    objects().create(labelled, false);
    objects().create(configMap("plain", "v"), false);
    assertThat(objects().list(Kinds.CONFIG_MAP, NAMESPACE, "color in (red,blue)"))
        .extracting(o -> o.path("metadata").path("name").asText())
        .containsExactly("labelled");
  }

  @Test
  void list_unservedKind_isEmpty() {
    assertThat(objects().list(Kinds.VM_CLONE, NAMESPACE, "")).isEmpty();
  }

  @Test
  void mergePatch_nullValue_removesTheField() {
    ObjectNode object = configMap("patched", "v");
    object.withObject("/metadata/annotations").put("a", "1").put("b", "2");
    objects().create(object, false);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.withObject("/metadata/annotations").putNull("a").put("c", "3");
    ObjectNode after = objects().mergePatch(ref("patched"), patch, false);
    assertThat(after.path("metadata").path("annotations").toString())
        .isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
  }

  @Test
  void mergePatch_status_changesStatusOnly() {
    objects().create(job("work"), false);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("status").put("active", 1);
    ObjectRef work = ObjectRef.of(Kinds.JOB, NAMESPACE, "work");
    assertThat(objects().mergePatch(work, patch, true).path("status").path("active").asInt())
        .isEqualTo(1);
  }

  @Test
  void delete_present_thenAbsent_tellsThemApart() {
    objects().create(configMap("gone", "v"), false);
    assertThat(objects().delete(ref("gone"), Propagation.BACKGROUND, Optional.empty())).isTrue();
    assertThat(objects().delete(ref("gone"), Propagation.BACKGROUND, Optional.empty())).isFalse();
  }

  @Test
  void delete_otherUid_isConflictAndKeepsTheObject() {
    objects().create(configMap("kept", "v"), false);
    assertCode(
        () -> objects().delete(ref("kept"), Propagation.BACKGROUND, Optional.of("other-uid")),
        Code.CONFLICT);
    assertThat(objects().get(ref("kept"))).isPresent();
  }

  @Test
  void await_objectAppearsAndChanges_returnsIt() throws InterruptedException {
    CountDownLatch watching = new CountDownLatch(1);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              awaitLatch(watching);
              objects().create(configMap("late", "first"), false);
              ObjectNode patch = JsonNodeFactory.instance.objectNode();
              patch.putObject("data").put("key", "second");
              objects().mergePatch(ref("late"), patch, false);
            });
    Optional<ObjectNode> seen =
        objects()
            .await(
                ref("late"),
                now -> {
                  watching.countDown();
                  return now.filter(o -> o.path("data").path("key").asText().equals("second"))
                      .isPresent();
                },
                SOON);
    writer.join();
    assertThat(seen).isPresent();
  }

  @Test
  void await_objectGoes_returnsEmpty() {
    objects().create(configMap("leaving", "v"), false);
    CountDownLatch watching = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          awaitLatch(watching);
          objects().delete(ref("leaving"), Propagation.BACKGROUND, Optional.empty());
        });
    Optional<ObjectNode> seen =
        objects()
            .await(
                ref("leaving"),
                now -> {
                  watching.countDown();
                  return now.isEmpty();
                },
                SOON);
    assertThat(seen).isEmpty();
  }

  @Test
  void await_neverReached_isTimeoutThatNamesTheObject() {
    assertCode(
            () -> objects().await(ref("never"), Optional::isPresent, Duration.ofMillis(300)),
            Code.TIMEOUT)
        .hasMessageContaining("ConfigMap " + NAMESPACE + "/never");
  }

  @Test
  void access_saysWhatIsMissing() {
    Right secrets = Right.of("create", Kinds.SECRET);
    Right classes = Right.of("list", Kinds.STORAGE_CLASS);

    assertThat(cluster().access().missing(NAMESPACE, List.of(secrets, classes))).isEmpty();
    assertThat(powerless().access().missing(NAMESPACE, List.of(secrets, classes)))
        .containsExactly(secrets, classes);
    assertThat(powerless().access().missing("", List.of(secrets))).containsExactly(secrets);
  }

  @Test
  void access_ofARole_isSeenInItsNamespaceOnly() {
    String user = powerless().access().user().orElseThrow();
    Set<Right> given = Set.of(Right.of("list", Kinds.SECRET), Right.of("get", Kinds.POD, "log"));
    Right other = Right.of("list", Kinds.CONFIG_MAP);
    Set<Right> asked = new LinkedHashSet<>(given);
    asked.add(other);
    MissingRights missing = new MissingRights(Map.of(NAMESPACE, given), Optional.of(user));
    for (String document : missing.yaml().split("---\n", -1)) {
      objects().create(yaml(document), false);
    }

    awaitRights(() -> powerless().access().missing(NAMESPACE, asked).equals(Set.of(other)));
    assertThat(powerless().access().missing("default", asked)).containsExactlyElementsOf(asked);
    assertThat(powerless().access().missing("", asked)).containsExactlyElementsOf(asked);
    assertThat(powerless().objects().list(Kinds.SECRET, NAMESPACE, "")).isEmpty();
  }

  @Test
  void refusal_namesVerbResourceNamespaceAndRole() {
    assertCode(() -> powerless().objects().list(Kinds.SECRET, NAMESPACE, ""), Code.FORBIDDEN)
        .hasMessageContaining("cannot list resource \"secrets\" in API group \"\" in the namespace")
        .hasMessageContaining("the verb \"list\" on \"secrets\" in namespace \"" + NAMESPACE + "\"")
        .hasMessageContaining("the role firn-machines grants");
  }

  /// A server may take a moment until a role counts.
  private static void awaitRights(BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the role does not count").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static ObjectNode yaml(String document) {
    try {
      return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(document, e);
    }
  }

  @Test
  void allowed_ofAdminAndPowerless_differ() {
    assertThat(objects().allowed("create", Kinds.SECRET, "", NAMESPACE)).isTrue();
    assertThat(powerless().objects().allowed("create", Kinds.SECRET, "", NAMESPACE)).isFalse();
  }

  @Test
  void forbidden_namesVerbAndResource() {
    assertCode(() -> powerless().objects().create(configMap("no", "v"), false), Code.FORBIDDEN)
        .hasMessageContaining("create")
        .hasMessageContaining("configmaps")
        .extracting(e -> ((ClusterException) e).context())
        .satisfies(context ->
            assertThat(context)
                .containsEntry("verb", "create")
                .containsEntry("resource", "configmaps"));
  }

  @Test
  void unknownCredentials_areUnauthenticated() {
    assertCode(() -> unknown().objects().get(ref("x")), Code.UNAUTHENTICATED);
  }

  @Test
  void kubernetesVersion_isTold() {
    assertThat(cluster().kubernetesVersion()).startsWith("v1.");
  }

  @Test
  void identity_hasTheUidOfKubeSystem() {
    assertThat(cluster().identity().uid()).isNotEmpty();
    assertThat(powerless().identity().uid()).isEmpty();
  }

  protected final ClusterObjects objects() {
    return cluster().objects();
  }

  protected static AbstractThrowableAssert<?, ? extends Throwable> assertCode(
      ThrowingCallable call, Code code) {
    AbstractThrowableAssert<?, ? extends Throwable> thrown = assertThatThrownBy(call);
    thrown.asInstanceOf(type(ClusterException.class)).returns(code, ClusterException::code);
    return thrown;
  }

  protected static ObjectNode configMap(String name, String value) {
    ObjectNode object = object("v1", "ConfigMap", name);
    object.putObject("data").put("key", value);
    return object;
  }

  protected static ObjectNode object(String apiVersion, String kind, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
    return object;
  }

  protected static ObjectRef ref(String configMap) {
    return ObjectRef.of(Kinds.CONFIG_MAP, NAMESPACE, configMap);
  }

  private static ObjectNode job(String name) {
    ObjectNode job = object("batch/v1", "Job", name);
    ObjectNode pod = job.withObject("/spec/template/spec");
    pod.put("restartPolicy", "Never");
    pod.putArray("containers").addObject().put("name", "c").put("image", "i");
    return job;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody began to wait");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
