package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// Admission as webhooks do it: all plugins mutate in order, then all validate. The shapes are
/// those of AdmissionReview, so that a plugin can also be served over HTTPS to a real API server.
///
/// Thread-safe.
public interface AdmissionPlugin {
  /// The webhook's name, as messages print it; a domain name of three parts or more where a real
  /// API server is to ask it.
  String name();

  /// What a real API server is to ask it about; [#handles] may leave out more.
  default List<Scope> scopes() {
    return List.of(Scope.EVERYTHING);
  }

  boolean handles(Request request);

  /// Changes `object` in place; a denial is thrown. Not called for deletes.
  default void mutate(Request request, ObjectNode object) throws Denial {}

  default void validate(Request request, ObjectNode object) throws Denial {}

  /// What is being asked. `operation` is CREATE, UPDATE or DELETE; `old` is present on UPDATE and
  /// DELETE; `subresource` is "" for the object itself.
  record Request(
      String operation,
      String apiGroup,
      String version,
      String plural,
      String subresource,
      String namespace,
      String name,
      Optional<ObjectNode> old,
      boolean dryRun,
      String user) {}

  /// A denial. `message` is printed as the real webhook's text; `status` is the HTTP status,
  /// `reason` the Status reason.
  final class Denial extends Exception {
    private final int status;
    private final String reason;

    public Denial(int status, String reason, String message) {
      super(message);
      this.status = status;
      this.reason = reason;
    }

    public int status() {
      return status;
    }

    public String reason() {
      return reason;
    }
  }

  /// A kind of object and what is done to it, as a webhook's rule; `*` stands for all.
  record Scope(String apiGroup, String plural, List<String> operations) {
    static final Scope EVERYTHING = new Scope("*", "*", List.of("CREATE", "UPDATE", "DELETE"));

    public Scope {
      operations = List.copyOf(operations);
    }

    /// Creations and updates of a kind.
    public static List<Scope> writes(String apiGroup, String plural) {
      return List.of(new Scope(apiGroup, plural, List.of("CREATE", "UPDATE")));
    }
  }
}
