package io.firn.simulator.cdi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// CDI's controller: DataVolumes, imports into their claims, storage profiles.
final class CdiController implements Controller {
  private static final int WORKERS = 2;
  private static final int IMPORTS = 4;

  private final WorkQueue volumes;
  private final WorkQueue claims;
  private final WorkQueue profiles;
  private final Set<ObjectKey> classes = ConcurrentHashMap.newKeySet();
  private final List<Feed> feeds;

  CdiController(ApiClient client, CdiOptions options) {
    Progress progress = new Progress();
    DataVolumeReconciler volume = new DataVolumeReconciler(client, options.clock(), progress);
    Importer importer = new Importer(client, options.volumes(), progress);
    StorageProfiles profile = new StorageProfiles(client, options.clock());
    this.volumes = new WorkQueue("data-volumes", WORKERS, volume::reconcile);
    this.claims = new WorkQueue("imports", IMPORTS, importer::reconcile);
    this.profiles = new WorkQueue("storage-profiles", 1, profile::reconcile);
    this.feeds =
        List.of(
            new Feed(client, CdiTypes.DATA_VOLUME, found -> volumes.add(ObjectKey.of(found))),
            new Feed(client, Types.CLAIM, this::claimChanged),
            new Feed(client, Types.STORAGE_CLASS, this::classChanged),
            new Feed(client, Types.SNAPSHOT_CLASS, _ -> classes.forEach(profiles::add)));
  }

  private void claimChanged(ObjectNode claim) {
    ObjectKey key = ObjectKey.of(claim);
    volumes.add(key);
    if (Importer.concerns(claim)) {
      claims.add(key);
    }
  }

  private void classChanged(ObjectNode storageClass) {
    ObjectKey key = new ObjectKey("", Meta.name(storageClass));
    classes.add(key);
    profiles.add(key);
  }

  @Override
  public String name() {
    return "cdi";
  }

  @Override
  public void start() {
    List.of(volumes, claims, profiles).forEach(WorkQueue::start);
    feeds.forEach(Feed::start);
  }

  @Override
  public void close() {
    feeds.forEach(Feed::close);
    List.of(volumes, claims, profiles).forEach(WorkQueue::close);
  }
}
