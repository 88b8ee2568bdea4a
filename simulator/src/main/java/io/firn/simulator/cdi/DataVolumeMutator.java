package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.at;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `datavolume-mutate`: sees that a clone source may be read, and marks a DataVolume whose claim
/// was filled for it as populated.
final class DataVolumeMutator implements AdmissionPlugin {
  private final ApiClient client;

  DataVolumeMutator(ApiClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return "datavolume-mutate.cdi.kubevirt.io";
  }

  @Override
  public List<Scope> scopes() {
    return Scope.writes("cdi.kubevirt.io", "datavolumes");
  }

  @Override
  public boolean handles(Request request) {
    return DataVolumeRequests.concern(request) && request.operation().equals("CREATE");
  }

  @Override
  public void mutate(Request request, ObjectNode volume) throws Denial {
    String namespace = request.namespace();
    Optional<ObjectNode> claim = client.get(Types.CLAIM, namespace, Meta.name(volume));
    boolean populated =
        claim
            .map(found -> Meta.annotation(found, Keys.POPULATED_FOR).equals(Meta.name(volume)))
            .orElse(false);
    if (populated && !Meta.annotated(volume, Keys.PRE_POPULATED)) {
      Meta.annotations(volume).put(Keys.PRE_POPULATED, Meta.name(volume));
    }
    if (!Meta.annotated(volume, Keys.PRE_POPULATED)) {
      source(volume, namespace);
    }
  }

  private void source(ObjectNode volume, String namespace) throws Denial {
    if (has(volume, "spec", "sourceRef")) {
      dataSource(at(volume, "spec", "sourceRef"), namespace);
      token(volume);
    }
    for (String kind : new String[] {"pvc", "snapshot"}) {
      JsonNode source = at(volume, "spec", "source", kind);
      if (source.isObject()) {
        String from = text(source, "namespace");
        if (!from.isEmpty() && client.get(Types.NAMESPACE, "", from).isEmpty()) {
          throw new Denial(404, "NotFound", "namespaces \"" + from + "\" not found");
        }
        token(volume);
      }
    }
  }

  private void dataSource(JsonNode reference, String namespace) throws Denial {
    String from = text(reference, "namespace");
    String name = text(reference, "name");
    if (client.get(CdiTypes.DATA_SOURCE, from.isEmpty() ? namespace : from, name).isEmpty()) {
      throw new Denial(404, "NotFound", "datasources.cdi.kubevirt.io \"" + name + "\" not found");
    }
  }

  /// Stands for the signed statement that the user may read the source.
  private static void token(ObjectNode volume) {
    String text = volume.path("spec").toString() + Meta.namespace(volume) + Meta.name(volume);
    UUID token = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    Meta.annotations(volume).put(Keys.CLONE_TOKEN, token.toString());
  }
}
