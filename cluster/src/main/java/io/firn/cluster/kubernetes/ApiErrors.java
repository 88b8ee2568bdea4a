package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.cluster.ClusterException;
import io.firn.cluster.ClusterException.Code;
import io.firn.cluster.rights.Grants;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The one place where answers and failures of the API server become [ClusterException]s.
final class ApiErrors {
  private static final String REACH =
      "Check that the server is up and that the kubeconfig's address is right"
          + " (kubectl cluster-info).";

  private final URI server;

  ApiErrors(URI server) {
    this.server = server;
  }

  /// An answer that is an error; the Status object in it says why.
  ClusterException of(ApiResponse response, Operation op) {
    JsonNode status = Json.parseOrEmpty(response.body());
    String said = status.path("message").asText("");
    String cause = said.isEmpty() ? shortened(response.body()) : said;
    String reason = status.path("reason").asText("");
    Code code = code(response.status(), reason, cause);
    return new ClusterException(code, message(code, op, cause, response.status()), context(op));
  }

  /// No answer came.
  ClusterException unreachable(IOException failure, Operation op) {
    String cause = failure.getMessage();
    Throwable root = failure;
    while ((cause == null || cause.isBlank()) && root.getCause() != null) {
      root = root.getCause();
      cause = root.getMessage();
    }
    String because = cause == null || cause.isBlank() ? root.getClass().getSimpleName() : cause;
    String text =
        "Cannot reach the cluster at %s to %s %s: %s. %s"
            .formatted(server, op.verb(), op.object(), because, REACH);
    return new ClusterException(Code.UNREACHABLE, text, context(op), failure);
  }

  /// A deadline passed.
  ClusterException timeout(String what, Operation op) {
    return new ClusterException(Code.TIMEOUT, what, context(op));
  }

  private static Code code(int status, String reason, String cause) {
    String lower = cause.toLowerCase(Locale.ROOT);
    boolean quota = lower.contains("exceeded quota");
    boolean webhook = lower.contains("admission webhook");
    return switch (status) {
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> quota ? Code.QUOTA : webhook || !rbac(lower) ? Code.REJECTED : Code.FORBIDDEN;
      case 404 -> Code.NOT_FOUND;
      case 409 -> reason.equals("AlreadyExists") ? Code.ALREADY_EXISTS : Code.CONFLICT;
      case 408, 504 -> Code.TIMEOUT;
      default -> status >= 500 ? Code.SERVER : Code.REJECTED;
    };
  }

  /// Authorization says "cannot VERB resource"; other admission plugins answer 403 as well.
  private static boolean rbac(String cause) {
    return cause.contains(" cannot ") || !cause.contains("forbidden:");
  }

  private String message(Code code, Operation op, String cause, int status) {
    String what = "Cannot " + op.verb() + " " + op.object() + ": ";
    return switch (code) {
      case UNAUTHENTICATED ->
          what
              + "the cluster at "
              + server
              + " does not accept the credentials of the kubeconfig ("
              + cause
              + "). Log in again or choose another context.";
      case FORBIDDEN ->
          what
              + cause
              + ". Ask for the verb \"%s\" on \"%s\"%s%s (kubectl auth can-i %s %s%s)."
                  .formatted(
                      op.verb(),
                      op.qualifiedResource(),
                      op.namespace().isEmpty() ? "" : " in namespace \"" + op.namespace() + "\"",
                      role(op),
                      op.verb(),
                      op.qualifiedResource(),
                      op.namespace().isEmpty() ? "" : " -n " + op.namespace());
      case QUOTA -> what + cause + ". Raise the ResourceQuota of the namespace or free some of it.";
      case REJECTED -> what + "the API server refuses it: " + cause;
      case ALREADY_EXISTS -> what + "it exists already.";
      case CONFLICT -> what + "it was changed by somebody else meanwhile: " + cause;
      case NOT_FOUND -> what + "not found" + (cause.isEmpty() ? "." : ": " + cause);
      case SERVER, TIMEOUT ->
          what + "the API server answers " + status + ": " + cause + ". Try again later.";
      case NO_CONTEXT, UNREACHABLE, NOT_SERVED -> what + cause;
    };
  }

  /// Which of Firn's roles has the right.
  private static String role(Operation op) {
    return Grants.granting(op.verb(), op.apiGroup(), op.resource(), !op.namespace().isEmpty())
        .map(role -> ", which the role " + role.title() + " grants")
        .orElse("");
  }

  private static Map<String, String> context(Operation op) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("verb", op.verb());
    context.put("resource", op.qualifiedResource());
    context.put("object", op.object());
    if (!op.namespace().isEmpty()) {
      context.put("namespace", op.namespace());
    }
    Grants.granting(op.verb(), op.apiGroup(), op.resource(), !op.namespace().isEmpty())
        .ifPresent(role -> context.put("grantedBy", role.title()));
    return context;
  }

  private static String shortened(String body) {
    String line = body.strip().lines().findFirst().orElse("");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
