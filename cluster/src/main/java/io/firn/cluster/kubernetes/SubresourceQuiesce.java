package io.firn.cluster.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Quiesce;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Freeze and thaw through `subresources.kubevirt.io`. virt-api passes every failure of the node's
/// agent on as a 500 whose text is all that tells causes apart, so a 500 is an outcome here and is
/// not repeated.
final class SubresourceQuiesce implements Quiesce {
  /// virt-launcher gives the guest 60 s to freeze and 20 s to thaw; the answer comes after that.
  private static final Duration FREEZE_ANSWER = Duration.ofSeconds(75);

  private static final Duration THAW_ANSWER = Duration.ofSeconds(30);

  private final Api api;

  SubresourceQuiesce(Api api) {
    this.api = api;
  }

  @Override
  public FreezeOutcome freeze(ObjectRef instance, Duration unfreezeTimeout) {
    ObjectNode body = Json.object();
    body.put("unfreezeTimeout", Math.max(1, unfreezeTimeout.toSeconds()) + "s");
    ApiResponse response;
    try {
      response = api.send(request(instance, "freeze", Json.write(body), FREEZE_ANSWER));
    } catch (IOException failure) {
      String message =
          api.errors().unreachable(failure, operation(instance, "freeze")).getMessage();
      return NothingDone.in(failure)
          ? new FreezeOutcome.NotReached(String.valueOf(message))
          : new FreezeOutcome.Unknown(String.valueOf(message));
    }
    return response.successful() ? new FreezeOutcome.Frozen() : notFrozen(response, instance);
  }

  private FreezeOutcome notFrozen(ApiResponse response, ObjectRef instance) {
    String message = message(response);
    return switch (response.status()) {
      case 401, 403 -> throw api.errors().of(response, operation(instance, "freeze"));
      case 404, 409 -> new FreezeOutcome.NotRunning(message);
      case 500 -> FreezeFailure.of(message);
      default ->
          NothingDone.in(response)
              ? refused(response.status(), message)
              : new FreezeOutcome.Unknown(message);
    };
  }

  private static FreezeOutcome refused(int status, String message) {
    return status == 503
        ? new FreezeOutcome.NotReached(message)
        : new FreezeOutcome.Refused(message);
  }

  @Override
  public ThawOutcome thaw(ObjectRef instance) {
    ApiResponse response = put(instance, "unfreeze", "", THAW_ANSWER);
    if (response.successful()) {
      return new ThawOutcome.Thawed();
    }
    String message = message(response);
    return switch (response.status()) {
      case 404, 409 -> new ThawOutcome.NotRunning(message);
      case 400, 500 ->
          message.contains("fsfreeze is limited")
              ? new ThawOutcome.FreezeLost(message)
              : new ThawOutcome.Failed(message);
      default -> throw api.errors().of(response, operation(instance, "unfreeze"));
    };
  }

  private ApiResponse put(ObjectRef instance, String subresource, String body, Duration timeout) {
    return api.exchange(
        request(instance, subresource, body, timeout), operation(instance, subresource));
  }

  private static ApiRequest request(
      ObjectRef instance, String subresource, String body, Duration timeout) {
    String path =
        "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/%s/%s"
            .formatted(instance.namespace(), ResourcePath.encode(instance.name()), subresource);
    return new ApiRequest(
        "PUT",
        path,
        Optional.of(new ApiRequest.Body("application/json", body)),
        timeout,
        ApiRequest.Repeat.IF_NOTHING_DONE);
  }

  /// What the Status says; virt-api's router refuses in plain text, on its first line.
  private static String message(ApiResponse response) {
    String said = Json.parseOrEmpty(response.body()).path("message").asText("");
    String line = response.body().strip().lines().findFirst().orElse("");
    String text = line.startsWith("{") || line.length() > 300 ? "" : line;
    return !said.isEmpty() ? said : text.isEmpty() ? "status " + response.status() : text;
  }

  private static Operation operation(ObjectRef instance, String subresource) {
    return new Operation(
        "update",
        "virtualmachineinstances/" + subresource,
        "subresources.kubevirt.io",
        instance.namespace(),
        subresource + " of " + instance);
  }
}
