package io.firn.fake;

import io.firn.cluster.ClusterException;
import io.firn.cluster.MoverJobs;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.mover.Mover;
import io.firn.mover.MoverMain;
import io.firn.mover.MoverResult;
import io.firn.mover.MoverResultJson;
import io.firn.point.LocalBackends;
import io.firn.repository.Password;
import io.firn.repository.TransferListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs movers in this process, on the files behind the claims. Thread-safe.
public final class FakeMovers implements MoverJobs {
  private final FakeObjects objects;
  private final FakeStorage storage;
  private final Map<ObjectRef, State> states = new HashMap<>();
  private final List<MoverSpec> started = new ArrayList<>();
  private Optional<State> instead = Optional.empty();

  FakeMovers(FakeObjects objects, FakeStorage storage) {
    this.objects = objects;
    this.storage = storage;
  }

  /// No mover runs any more; each Job is in that state at once.
  public synchronized void allEnd(State state) {
    instead = Optional.of(state);
  }

  public synchronized List<MoverSpec> started() {
    return List.copyOf(started);
  }

  @Override
  public ObjectRef start(MoverSpec spec) {
    ObjectRef job =
        ObjectRef.of(
            objects.create(
                Yaml.object(
                    """
                    apiVersion: batch/v1
                    kind: Job
                    metadata:
                      name: %s
                      namespace: %s
                      labels: {firn.io/run: %s, app.kubernetes.io/managed-by: firn}
                    """
                        .formatted(spec.name(), spec.namespace(), spec.labels().run())),
                false));
    Optional<State> given;
    synchronized (this) {
      started.add(spec);
      given = instead;
    }
    State state = given.orElseGet(() -> run(spec));
    synchronized (this) {
      states.put(job, state);
    }
    return job;
  }

  @Override
  public Manifests manifests(MoverSpec spec) {
    String metadata = "{name: %s, namespace: %s}".formatted(spec.name(), spec.namespace());
    return new Manifests(
        Yaml.object("{apiVersion: batch/v1, kind: Job, metadata: %s}".formatted(metadata)),
        Yaml.object("{apiVersion: v1, kind: Pod, metadata: %s}".formatted(metadata)));
  }

  @Override
  public synchronized State state(ObjectRef job) {
    State state = states.get(job);
    if (state == null) {
      throw new ClusterException(ClusterException.Code.NOT_FOUND, job + " is gone", Map.of());
    }
    return state;
  }

  @Override
  public String log(ObjectRef job) {
    return "{\"done\":1,\"total\":1,\"stored\":1}\n";
  }

  @Override
  public void delete(ObjectRef job) {
    throw new UnsupportedOperationException("a backup removes Jobs through its scope: " + job);
  }

  private State run(MoverSpec spec) {
    List<String> arguments = new ArrayList<>(spec.arguments());
    String secret = "";
    for (Mount mount : spec.mounts()) {
      String path =
          switch (mount) {
            case Mount.Device d ->
                storage.ofCopy(FakeStorage.claim(spec.namespace(), d.claim())).toString();
            case Mount.Folder f ->
                storage.ofCopy(FakeStorage.claim(spec.namespace(), f.claim())).toString();
            case Mount.HostPath h -> h.hostPath();
            case Mount.SecretFiles s -> {
              secret = s.secret();
              yield s.path();
            }
            case Mount.Nfs n -> n.path();
          };
      arguments.replaceAll(a -> a.equals(mount.path()) ? path : a);
    }
    Password password = password(spec.namespace(), secret);
    MoverResult result =
        new Mover(LocalBackends.unmounted())
            .run(MoverMain.task(arguments), password, TransferListener.SILENT);
    String json = MoverResultJson.write(result);
    return result instanceof MoverResult.Failed
        ? new State.Failed("Error", 1, Optional.of(json))
        : new State.Succeeded(json);
  }

  private Password password(String namespace, String secret) {
    String data =
        objects
            .get(ObjectRef.of(Kinds.SECRET, namespace, secret))
            .orElseThrow()
            .at("/data/password")
            .asText();
    String text = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    return new Password(text.toCharArray());
  }
}
