package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import io.firn.simulator.client.Types;
import java.util.Locale;
import java.util.Optional;

/// Finds a machine's instance type and preference, and keeps what was found as ControllerRevisions,
/// so that a machine does not change when its instance type does.
final class Instancetypes {
  private static final String LABEL = "instancetype.kubevirt.io/object-";

  private final ApiClient client;

  Instancetypes(ApiClient client) {
    this.client = client;
  }

  /// What the machine names cannot be found: `reason` and message become its Failure condition.
  static final class NotFound extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    NotFound(String reason, String message) {
      super(message);
      this.reason = reason;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }

    String reason() {
      return reason;
    }
  }

  /// Resolves both, writing the references into the machine's status.
  Flavor resolve(ObjectNode machine) throws NotFound {
    return new Flavor(resolve(machine, Matcher.INSTANCETYPE), resolve(machine, Matcher.PREFERENCE));
  }

  /// Reads both without keeping anything, for expand-spec.
  Flavor peek(ObjectNode machine) throws NotFound {
    return resolve(machine.deepCopy());
  }

  /// The two fields by which a machine names an object of this group.
  enum Matcher {
    INSTANCETYPE("instancetype", "FailedFindInstancetype"),
    PREFERENCE("preference", "FailedFindPreference");

    private final String field;
    private final String failure;

    Matcher(String field, String failure) {
      this.field = field;
      this.failure = failure;
    }

    ResourceType type(String kind) {
      boolean cluster = kind.isEmpty() || kind.toLowerCase(Locale.ROOT).contains("cluster");
      return switch (this) {
        case INSTANCETYPE -> cluster ? VirtTypes.CLUSTER_INSTANCETYPE : VirtTypes.INSTANCETYPE;
        case PREFERENCE -> cluster ? VirtTypes.CLUSTER_PREFERENCE : VirtTypes.PREFERENCE;
      };
    }
  }

  private Optional<ObjectNode> resolve(ObjectNode machine, Matcher matcher) throws NotFound {
    JsonNode named = Fields.at(machine, "spec", matcher.field);
    if (!has(named, "name")) {
      Fields.object(machine, "status").remove(matcher.field + "Ref");
      return Optional.empty();
    }
    ObjectNode revision = revision(machine, matcher, named);
    ResourceType type = matcher.type(text(named, "kind"));
    ObjectNode reference = Fields.object(machine, "status", matcher.field + "Ref");
    reference.put("kind", type.kind()).put("name", text(named, "name"));
    Fields.object(reference, "controllerRevisionRef").put("name", Meta.name(revision));
    return Fields.at(revision, "data", "spec") instanceof ObjectNode spec
        ? Optional.of(spec)
        : Optional.empty();
  }

  /// A revision named in the spec is taken as it is; one that the status names if it is of the same
  /// object; otherwise the object as it is now makes a new one.
  private ObjectNode revision(ObjectNode machine, Matcher matcher, JsonNode named) throws NotFound {
    String wanted = text(named, "revisionName");
    String namespace = Meta.namespace(machine);
    if (!wanted.isEmpty()) {
      return client
          .get(Types.CONTROLLER_REVISION, namespace, wanted)
          .orElseThrow(() ->
              new NotFound(
                  matcher.failure, "controllerrevisions.apps \"" + wanted + "\" not found"));
    }
    String stored = text(machine, "status", matcher.field + "Ref", "controllerRevisionRef", "name");
    if (!stored.isEmpty()) {
      Optional<ObjectNode> found = client.get(Types.CONTROLLER_REVISION, namespace, stored);
      if (found.isPresent()
          && Meta.label(found.get(), LABEL + "name").equals(text(named, "name"))) {
        return found.get();
      }
    }
    return store(machine, matcher, named);
  }

  private ObjectNode store(ObjectNode machine, Matcher matcher, JsonNode named) throws NotFound {
    ResourceType type = matcher.type(text(named, "kind"));
    String name = text(named, "name");
    ObjectNode found =
        client
            .get(type, Meta.namespace(machine), name)
            .orElseThrow(() ->
                new NotFound(matcher.failure, type.qualified() + " \"" + name + "\" not found"));
    ObjectNode revision = InstancetypeRevision.of(machine, type, found);
    try {
      return client.create(Types.CONTROLLER_REVISION, revision);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
      return existing(machine, matcher, revision, e);
    }
  }

  private ObjectNode existing(
      ObjectNode machine, Matcher matcher, ObjectNode revision, ApiFailure failure)
      throws NotFound {
    ObjectNode found =
        client
            .get(Types.CONTROLLER_REVISION, Meta.namespace(machine), Meta.name(revision))
            .orElseThrow(() -> failure);
    if (!Fields.at(found, "data", "spec").equals(Fields.at(revision, "data", "spec"))) {
      throw new NotFound(
          matcher.failure,
          "found existing ControllerRevision with unexpected data: " + Meta.name(revision));
    }
    return found;
  }
}
