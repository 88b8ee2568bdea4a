package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The snapshot controller and the CSI snapshotter in one: VolumeSnapshots, their contents, and the
/// copies in the store. Beside a real snapshot controller, the CSI snapshotter alone.
public final class Snapshotter implements Controller {
  /// Enough that slow snapshots do not wait for one another.
  private static final int WORKERS = 32;

  private final boolean controller;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final WorkQueue snapshots;
  private final WorkQueue contents;
  private final List<Feed> feeds;

  public Snapshotter(
      ApiClient client, VolumeStore store, SnapshotFaults faults, InstantSource clock) {
    this(client, store, faults, clock, true);
  }

  /// `controller` false leaves VolumeSnapshots to somebody else.
  public Snapshotter(
      ApiClient client,
      VolumeStore store,
      SnapshotFaults faults,
      InstantSource clock,
      boolean controller) {
    this.controller = controller;
    EventRecorder events = new EventRecorder(client, "snapshot-controller", clock);
    SnapshotStatus status = new SnapshotStatus(client, clock);
    SnapshotReconciler snapshot = new SnapshotReconciler(client, events, status);
    ContentReconciler content =
        new ContentReconciler(client, store, faults, events, status, closing);
    this.snapshots = new WorkQueue("snapshots", WORKERS, snapshot::reconcile);
    this.contents = new WorkQueue("contents", WORKERS, content::reconcile);
    this.feeds =
        List.of(
            new Feed(client, Types.SNAPSHOT, this::snapshotChanged),
            new Feed(client, Types.SNAPSHOT_CONTENT, this::contentChanged));
  }

  @Override
  public String name() {
    return "csi-snapshotter";
  }

  @Override
  public void start() {
    snapshots.start();
    contents.start();
    feeds.forEach(Feed::start);
  }

  private void snapshotChanged(ObjectNode snapshot) {
    if (controller) {
      snapshots.add(ObjectKey.of(snapshot));
    }
    String content = Fields.text(snapshot, "status", "boundVolumeSnapshotContentName");
    if (!content.isEmpty()) {
      contents.add(new ObjectKey("", content));
    }
  }

  private void contentChanged(ObjectNode content) {
    contents.add(ObjectKey.of(content));
    if (controller) {
      snapshots.add(
          new ObjectKey(
              Fields.text(content, "spec", "volumeSnapshotRef", "namespace"),
              Fields.text(content, "spec", "volumeSnapshotRef", "name")));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    feeds.forEach(Feed::close);
    snapshots.close();
    contents.close();
  }
}
