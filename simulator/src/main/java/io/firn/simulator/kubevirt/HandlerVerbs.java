package io.firn.simulator.kubevirt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.firn.simulator.guest.Guest.AgentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// virt-handler's interface for virt-api:
/// `/v1/namespaces/NAMESPACE/virtualmachineinstances/NAME/VERB` with the verbs freeze, unfreeze,
/// pause, unpause, guestosinfo, userlist and filesystemlist. What goes wrong is told as plain text
/// with 400 or 500, which virt-api passes on.
///
/// Thread-safe.
public final class HandlerVerbs implements HttpHandler {
  private final GuestRegistry guests;
  private final InstantSource clock;

  HandlerVerbs(GuestRegistry guests, InstantSource clock) {
    this.guests = guests;
    this.clock = clock;
  }

  private record Answer(int status, String type, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean known =
        path.length == 7
            && path[2].equals("namespaces")
            && path[4].equals("virtualmachineinstances");
    Answer answer =
        known ? answer(path[3], path[5], path[6], body) : Answer.text(404, "404: Page Not Found");
    write(exchange, answer);
  }

  private Answer answer(String namespace, String name, String verb, String body) {
    Optional<RunningGuest> guest = guests.entry(namespace, name).filter(RunningGuest::alive);
    if (guest.isEmpty()) {
      return Answer.text(500, "Failed to detect cmd client");
    }
    try {
      return switch (verb) {
        case "freeze", "unfreeze", "pause", "unpause" -> change(verb, guest.get(), body);
        case "guestosinfo", "userlist", "filesystemlist" ->
            new Answer(200, "application/json", AgentAnswers.of(verb, guest.get()).toString());
        // The URL can say anything.
        default -> Answer.text(404, "404: Page Not Found");
      };
    } catch (AgentException e) {
      String command = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
      return Answer.text(
          400, "server error. command " + command + " failed: \"" + e.getMessage() + "\"");
    } catch (FreezeBody.Unreadable e) {
      return Answer.text(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer change(String verb, RunningGuest guest, String body)
      throws AgentException, FreezeBody.Unreadable {
    switch (verb) {
      case "freeze" -> guest.freeze(FreezeBody.timeout(body), clock.instant());
      case "unfreeze" -> guest.thaw();
      case "pause" -> guest.pause();
      default -> guest.unpause();
    }
    return new Answer(202, "", "");
  }

  private static void write(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      if (bytes.length > 0) {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
      }
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
