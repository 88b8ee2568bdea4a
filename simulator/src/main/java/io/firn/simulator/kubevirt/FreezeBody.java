package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.firn.simulator.client.GoDuration;
import java.io.IOException;
import java.time.Duration;

/// The body of a freeze: `{"unfreezeTimeout":"5m0s"}` as JSON or YAML. The timeout must be there;
/// it is cut to whole seconds; zero means that nobody thaws the guest but the caller.
final class FreezeBody {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private FreezeBody() {}

  /// The body says no timeout; the text is virt-handler's.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  static Duration timeout(String body) throws Unreadable {
    if (body.isBlank()) {
      throw new Unreadable("Request with no body: the unfreezeTimeout is required");
    }
    JsonNode timeout = parsed(body).path("unfreezeTimeout");
    if (timeout.isMissingNode() || timeout.isNull()) {
      throw new Unreadable("the unfreezeTimeout is required");
    }
    return GoDuration.parse(timeout.asText())
        .map(duration -> Duration.ofSeconds(duration.toSeconds()))
        .orElseThrow(() ->
            new Unreadable(
                "Unable to parse the request body: time: invalid duration \""
                    + timeout.asText()
                    + "\""));
  }

  private static JsonNode parsed(String body) throws Unreadable {
    try {
      return YAML.readTree(body);
    } catch (IOException e) {
      throw new Unreadable("Unable to parse the request body: " + e.getMessage());
    }
  }
}
