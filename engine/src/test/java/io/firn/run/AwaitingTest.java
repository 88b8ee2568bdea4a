package io.firn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.cluster.ClusterException;
import io.firn.fake.FakeObjects;
import io.firn.fake.Yaml;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// A wait that gets long says why, and so does the one that is given up.
final class AwaitingTest {
  private static final Duration PACE = Duration.ofMillis(40);
  private static final ObjectRef CLAIM = ObjectRef.of(Kinds.CLAIM, "shop", "root");

  private final FakeObjects objects = new FakeObjects();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Awaiting waits = new Awaiting(objects, told::add, PACE);

  AwaitingTest() {
    objects.put(
        Yaml.object(
            "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: root, namespace:"
                + " shop}}"));
  }

  @Test
  void wait_thatIsShort_saysNothing() {
    waits.await(CLAIM, "the claim", object -> object.isPresent(), Duration.ofSeconds(5));
    assertThat(told).isEmpty();
  }

  @Test
  void wait_thatIsGivenUp_namesTheCauseThatEventsTell() {
    event("1", "PersistentVolumeClaim", "root", "Normal", "ExternalProvisioning", "waiting for x");
    event("2", "PersistentVolumeClaim", "other", "Warning", "Other", "not about this claim");

    assertThatThrownBy(() -> vainly(Duration.ofSeconds(3)))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ClusterException.Code.TIMEOUT);
              assertThat(e.context().get("cause"))
                  .isEqualTo("PersistentVolumeClaim root: ExternalProvisioning: waiting for x");
            })
        .hasMessageContaining("ExternalProvisioning: waiting for x")
        .hasMessageContaining("shop/root");
    assertThat(told.getFirst())
        .startsWith("still waiting after 0 s for the claim to be bound: PersistentVolumeClaim root")
        .doesNotContain("not about this claim");
  }

  /// Three seconds have room for seventy looks; it speaks at 40 ms, 80, 160, and so on.
  @Test
  void wait_whoseCauseStays_speaksEverMoreSeldom() {
    assertThatThrownBy(() -> vainly(Duration.ofSeconds(3))).isInstanceOf(ClusterException.class);
    assertThat(told).hasSizeBetween(1, 8);
  }

  @Test
  void wait_whoseCauseChanges_speaksAtOnce() {
    event("1", "PersistentVolumeClaim", "root", "Normal", "First", "one");
    Awaiting changing =
        new Awaiting(
            objects,
            text -> {
              told.add(text);
              event("2", "PersistentVolumeClaim", "root", "Warning", "Second", "two");
            },
            PACE);
    assertThatThrownBy(() -> changing.await(CLAIM, "it", _ -> false, Duration.ofSeconds(3)))
        .hasMessageContaining("Second: two");
    assertThat(told.get(0)).contains("First: one");
    assertThat(told.get(1)).contains("Second: two").doesNotContain("First");
  }

  @Test
  void eventsOfPods_explainTheirMachineAndJob() {
    event("1", "Pod", "virt-launcher-db-x7k2p", "Warning", "FailedScheduling", "no room");
    event("2", "Pod", "firn-1-0-abcde", "Warning", "FailedMount", "no volume");
    ObjectEvents events = new ObjectEvents(objects);
    assertThat(events.of(List.of(ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "db"))))
        .isEqualTo("Pod virt-launcher-db-x7k2p: FailedScheduling: no room");
    assertThat(events.of(List.of(ObjectRef.of(Kinds.JOB, "shop", "firn-1-0"))))
        .isEqualTo("Pod firn-1-0-abcde: FailedMount: no volume");
  }

  @Test
  void eventsThatMayNotBeRead_areNotTakenForNone() {
    objects.refuse("list events");
    assertThat(new ObjectEvents(objects).of(List.of(CLAIM)))
        .isEqualTo("its events may not be read (list events in namespace shop)");
  }

  @Test
  void objectThatDoesNotGo_isSaidToBeHeldByItsFinalizers() {
    objects.change(CLAIM, o -> o.withArray("/metadata/finalizers").add("example.com/hold"));
    assertThatThrownBy(() -> waits.awaitGone(CLAIM, Duration.ofMillis(200)))
        .hasMessageContaining("held by its finalizers (example.com/hold)");
  }

  @Test
  void interrupt_endsTheWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> vainly(Duration.ofSeconds(30))).isInstanceOf(ClusterException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).isEmpty();
  }

  private void vainly(Duration atMost) {
    waits.await(CLAIM, "the claim to be bound", _ -> false, atMost);
  }

  private void event(
      String id, String kind, String name, String type, String reason, String message) {
    objects.put(
        Yaml.object(
            """
            apiVersion: v1
            kind: Event
            metadata: {name: "event-%s", namespace: shop}
            involvedObject: {kind: %s, name: %s}
            type: %s
            reason: %s
            message: %s
            lastTimestamp: "2026-11-24T20:00:0%sZ"
            """
                .formatted(id, kind, name, type, reason, message, id)));
  }
}
